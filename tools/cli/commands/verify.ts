import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { readCredentials } from '#adapters/provenance/c2pa';
import { VerifyResult } from '#contracts/cli';
import { developmentAnchors } from '../../local/dev-certificates.ts';
import { type CommonFlags, type Run, withJson } from '../context.ts';
import { EXIT, Failure } from '../failure.ts';

/** Where the root of the local deployment's certificates is kept. */
export const pkiFolder = (root: string): string => join(root, '.framewright', 'pki');

export function verifyLines({ file, state, signer, generator, problems }: VerifyResult): string[] {
  return [
    `${file}: ${state}`,
    ...(signer ? [`  signed by ${signer}`] : []),
    ...(generator ? [`  made with ${generator}`] : []),
    ...problems.map((problem) => `  ${problem}`),
  ];
}

export function verifyCommand(program: Command, run: Run): void {
  withJson(program.command('verify').argument('<file>', 'an MP4'))
    .description('read the Content Credentials (C2PA) of a clip; fails unless they hold')
    .option('--anchors <pem>', 'roots to trust; those of the local deployment when left out')
    .action((file: string, flags: CommonFlags & { anchors?: string }) =>
      run(flags, async ({ voice, root }) => {
        if (!(await stat(file).catch(() => undefined))?.isFile())
          throw new Failure('NoFile', `expected a file at ${file}, found none`, { exitCode: EXIT.usage });
        const anchors = flags.anchors === undefined ? await developmentAnchors(pkiFolder(root)) : await readFile(flags.anchors, 'utf8');
        const result = await readCredentials(file, anchors ?? '');
        voice.result(VerifyResult, result, verifyLines(result));
        if (result.state !== 'Trusted' && result.state !== 'Valid') process.exitCode = EXIT.failed;
      }),
    );
}
