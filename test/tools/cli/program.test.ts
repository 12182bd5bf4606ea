import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { CliError } from '#contracts/cli';
import { buildProgram } from '../../../tools/cli/program.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const cli = async (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> => {
  const { PATH, HOME } = process.env;
  const env = { ...(PATH && { PATH }), ...(HOME && { HOME }) };
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [join(ROOT, 'bin', 'cli.ts'), ...args], { env })) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'stdout' in error && 'stderr' in error)
      return { code: Number(error.code), stdout: String(error.stdout), stderr: String(error.stderr) };
    throw error;
  }
};
const leaves = (command: Command): Command[] => (command.commands.length === 0 ? [command] : command.commands.flatMap(leaves));
const pathOf = (command: Command): string => (command.parent ? `${pathOf(command.parent)} ${command.name()}`.trim() : '');
const commands = leaves(buildProgram(async () => {}));

describe('the command line', () => {
  it('has the commands that were promised', () => {
    expect(commands.map(pathOf).sort()).toEqual(
      [
        'components list',
        'components register',
        'console publish',
        'console serve',
        'costs',
        'demo',
        'jobs cancel',
        'jobs list',
        'jobs show',
        'jobs watch',
        'local down',
        'local logs',
        'local status',
        'local up',
        'review approve',
        'review claim',
        'review list',
        'review reject',
        'review release',
        'review rework',
        'submit',
        'verify',
      ].sort(),
    );
  });
  it.each(commands.map((command) => [pathOf(command), command] as const))('%s takes --json and says what it does', (_, command) => {
    expect(command.options.map(({ long }) => long)).toContain('--json');
    expect(command.description().length).toBeGreaterThan(10);
    expect(command.options.every(({ description }) => description.length > 5)).toBe(true);
  });
  it('exits with 2 and an error object when it is not understood', async () => {
    const { code, stdout } = await cli('jobs', 'show', 'nonsense', '--json');
    expect(code).toBe(2);
    expect(CliError.parse(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).error.message).toContain('<tenant>_<24 hex digits>');
  });
  it('exits with 1 and a hint when a file is no clip of ours', async () => {
    const { code, stdout } = await cli('verify', join(ROOT, 'package.json'), '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ state: expect.stringMatching(/Invalid|Unsigned/), signer: null });
  });
  it('shows help without complaint', async () => {
    const { code, stdout } = await cli('review', 'approve', '--help');
    expect(code).toBe(0);
    expect(stdout).toContain('--reviewer');
  });
});
