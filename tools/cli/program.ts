import { Command } from 'commander';
import { componentsCommand } from './commands/components.ts';
import { consoleCommand } from './commands/console.ts';
import { costsCommand } from './commands/costs.ts';
import { demoCommand } from './commands/demo.ts';
import { jobsCommand } from './commands/jobs.ts';
import { localCommand } from './commands/local.ts';
import { reviewCommand } from './commands/review.ts';
import { submitCommand } from './commands/submit.ts';
import { verifyCommand } from './commands/verify.ts';
import type { Run } from './context.ts';

/** The whole command line; `run` decides how an action is run and what its failure does. */
export function buildProgram(run: Run): Command {
  const program = new Command('framewright')
    .description('From a brief in a bucket to a published, signed and costed video clip.')
    .showHelpAfterError('(framewright <command> --help shows how)')
    .exitOverride();
  demoCommand(program, run);
  localCommand(program, run);
  submitCommand(program, run);
  jobsCommand(program, run);
  reviewCommand(program, run);
  consoleCommand(program, run);
  componentsCommand(program, run);
  costsCommand(program, run);
  verifyCommand(program, run);
  return program;
}
