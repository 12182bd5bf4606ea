import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { DemoResult } from '#contracts/cli';
import { formatUsd } from '#contracts/money';
import { down, status } from '../../local/daemon.ts';
import { type CommonFlags, type Run, withJson } from '../context.ts';
import { demo } from '../demo.ts';
import { stageTable } from './jobs.ts';
import { verifyLines } from './verify.ts';

const EXAMPLE = join('examples', 'briefs', 'coffee-spring');

export function demoCommand(program: Command, run: Run): void {
  withJson(program.command('demo').argument('[folder]', 'folder with a brief and its assets'))
    .description('the whole river on this machine: local AWS, deployment, a brief, a published clip')
    .option('--down', 'stop the local AWS at the end')
    .action((folder: string | undefined, flags: CommonFlags & { down?: boolean }) =>
      run(flags, async (context) => {
        const { root, voice, signal } = context;
        const wasUp = status(root) !== undefined;
        try {
          const result = await demo(context, folder === undefined ? join(root, EXAMPLE) : resolve(folder));
          if (flags.down) await down(root);
          voice.result(DemoResult, result, demoLines(result, flags.down === true));
        } catch (error) {
          // What was started for this run goes with it when somebody interrupts it; after a failure it stays, so that its logs can be asked.
          if (signal.aborted && !wasUp) await down(root);
          throw error;
        }
      }),
    );
}

const demoLines = (result: DemoResult, isDown: boolean): string[] => [
  '',
  ...stageTable(result.stages),
  '',
  `total ${formatUsd(result.costMicroUsd)} for ${result.renderedSeconds} s: ${formatUsd(result.costPerRenderedSecondMicroUsd)} per rendered second`,
  ...verifyLines(result.verify),
  '',
  `clip           ${result.clip}`,
  `poster         ${result.poster}`,
  `contact sheet  ${result.contactSheet}`,
  ...(isDown ? [] : ['', 'The local AWS stays up: try `npm run jobs -- list` or `npm run costs`; `npm run local -- down` stops it.']),
];
