import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const setup = join(dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url))))), 'tools', 'setup');

/** Runs a few lines that may import from tools/setup as `setup/<file>`, in a process of their own, as the set-up runs. */
export function script(lines: string): Promise<{ output: string; errors: string; code: number }> {
  const source = lines.replaceAll("'setup/", `'${setup}/`);
  return new Promise((resolve) => {
    execFile(process.execPath, ['--input-type=module', '-e', source], (error, output, errors) =>
      resolve({ output, errors, code: typeof error?.code === 'number' ? error.code : 0 }),
    );
  });
}
