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
    .option('--keep', 'leave the local AWS up at the end; one that was up before stays up anyway')
    .action((folder: string | undefined, flags: CommonFlags & { keep?: boolean }) =>
      run(flags, async (context) => {
        const { root, voice } = context;
        const stays = status(root) !== undefined || flags.keep === true;
        try {
          const result = await demo(context, folder === undefined ? join(root, EXAMPLE) : resolve(folder));
          voice.result(DemoResult, result, demoLines(result, stays));
        } finally {
          // Stopped in order, it keeps what it holds: `local up` brings jobs, costs and stacks back in a moment.
          if (!stays) await down(root);
        }
      }),
    );
}

const demoLines = (result: DemoResult, stays: boolean): string[] => [
  '',
  ...stageTable(result.stages),
  '',
  `total ${formatUsd(result.costMicroUsd)} for ${result.renderedSeconds} s: ${formatUsd(result.costPerRenderedSecondMicroUsd)} per rendered second`,
  ...verifyLines(result.verify),
  '',
  `clip           ${result.clip}`,
  `poster         ${result.poster}`,
  `contact sheet  ${result.contactSheet}`,
  '',
  stays
    ? 'The local AWS stays up: try `npm run jobs -- list` or `npm run costs`; `npm run local -- down` stops it.'
    : 'The local AWS is stopped and keeps what it holds: `npm run local -- up`, then `npm run jobs -- list` or `npm run costs`.',
];
