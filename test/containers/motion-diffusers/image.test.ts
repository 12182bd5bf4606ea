import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FOLDER } from './dry-run.ts';

const lines = readFileSync(join(FOLDER, 'Dockerfile'), 'utf8')
  .replaceAll(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const all = (instruction: string): string[] =>
  lines.filter((line) => line.startsWith(`${instruction} `)).map((line) => line.slice(instruction.length + 1));

describe('the image of the open models', () => {
  it('is built on bases that are named to the last number', () => {
    expect(all('FROM')).toHaveLength(2);
    for (const base of all('FROM')) expect(base).toMatch(/^[\w./-]+:(\d+\.\d+\.\d+)-[\w.-]+( AS \w+)?$/);
  });

  it('ends on a runtime, not on a compiler', () => {
    expect(all('FROM').at(-1)).toMatch(/cuda:.*-base-/);
  });

  it('runs without rights on the machine', () => {
    expect(lines.findLastIndex((line) => line.startsWith('USER '))).toBeGreaterThan(
      lines.findLastIndex((line) => line.startsWith('COPY ')),
    );
    expect(all('USER')).toEqual(['1000']);
  });

  it('hands signals on and reaps children', () => {
    expect(all('ENTRYPOINT').map((entry) => JSON.parse(entry))).toEqual([['tini', '--', 'node', 'main.mjs']]);
  });

  it('asks no hub for weights and carries none', () => {
    expect(lines.join('\n')).toContain('HF_HUB_OFFLINE=1');
    expect(lines.join('\n')).not.toMatch(/huggingface\.co|hf download|from_pretrained|safetensors/);
    const large = globSync('**/*', { cwd: FOLDER }).filter((file) => statSync(join(FOLDER, file)).size > 64 * 1024);
    expect(large).toEqual([]);
  });

  it('installs exact versions of Python packages', () => {
    const packages = readFileSync(join(FOLDER, 'worker/requirements.txt'), 'utf8')
      .split('\n')
      .filter((line) => line && !line.startsWith('#'));
    expect(packages.length).toBeGreaterThan(5);
    for (const one of packages) expect(one).toMatch(/^[\w-]+==\d+(\.\d+)+$/);
  });

  it('leaves nothing of apt or pip in a layer', () => {
    for (const command of all('RUN').filter((run) => run.includes('apt-get'))) expect(command).toContain('rm -rf /var/lib/apt/lists/*');
    for (const command of all('RUN').filter((run) => run.includes('pip install'))) expect(command).toContain('--no-cache-dir');
  });
});
