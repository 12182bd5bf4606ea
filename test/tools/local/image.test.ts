import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { programFor } from '../../../tools/local/batch/image.ts';

const folder = mkdtempSync(join(tmpdir(), 'framewright-components-'));
mkdirSync(join(folder, 'animatic'));
const program = join(folder, 'animatic', 'main.mjs');
writeFileSync(program, '');

it.each([
  'framewright/animatic:1',
  'framewright/animatic',
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com/framewright/animatic:sha-0f1e',
  `registry.example:5000/team/framewright/animatic:1.2.3@sha256:${'a'.repeat(64)}`,
])('%s is the component animatic, whatever the registry', (image) => {
  expect(programFor(image, ['/nowhere', folder])).toEqual({ program });
});

it.each(['animatic:1', 'framewright/animatic/extra:1', 'notframewright/animatic:1', 'framewright/../etc:1', 'framewright/:1'])(
  '%s is no component of ours',
  (image) => {
    expect(programFor(image, [folder])).toEqual({ problem: expect.stringContaining('framewright/<component>:<tag>') });
  },
);

it('a component that was not built is named, with the place and the command', () => {
  expect(programFor('framewright/post:1', [folder])).toEqual({ problem: expect.stringMatching(/post.*npm run build/) });
});
