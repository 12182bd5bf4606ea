import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'home-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** A process that nobody told anything: no CI variable and no opt-out, either of which would hide a mistake. */
it('runs a model without leaving the traces of the runtime reporting to its maker', () => {
  const program = `
    import { openU2netpSegmenter } from '#adapters/inference/u2netp-segmenter';
    await openU2netpSegmenter('.framewright/models/u2netp.onnx').mask(new Uint8Array(320 * 320 * 3));
  `;
  const options = { cwd: root, env: { HOME: home, TMPDIR: home } };
  execFileSync(process.execPath, ['--input-type=module', '--eval', program], options);
  // The reporter keeps a device id and a queue under HOME and a session file in TMPDIR.
  expect(readdirSync(home)).toEqual([]);
});
