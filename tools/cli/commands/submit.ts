import type { Command } from 'commander';
import { SubmitResult } from '#contracts/cli';
import { type CommonFlags, type Run, withWhere } from '../context.ts';
import { submit } from '../submit.ts';

export function submitCommand(program: Command, run: Run): void {
  withWhere(program.command('submit').argument('<folder>', 'folder with brief.json and its assets, or the path of a brief'))
    .description('upload a brief with its assets; that starts a job')
    .option(
      '--as <name>',
      "folder in the tenant's part of the intake bucket; the very same upload again within ten minutes is the same job",
    )
    .action((folder: string, flags: CommonFlags & { as?: string }) =>
      run(flags, async ({ product, voice }) => {
        const onUpload = (key: string, bytes: number) => voice.say(`uploaded ${key} (${bytes} bytes)`);
        const result = await submit(await product(), { path: folder, as: flags.as, onUpload });
        voice.result(SubmitResult, result, [`job ${result.jobId}`, `watch it: framewright jobs watch ${result.jobId}`]);
      }),
    );
}
