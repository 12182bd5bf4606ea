import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Component } from '#contracts/component';
import { capabilitiesOf } from '../../../containers/harness/motion-backend.ts';
import { diffusersBackend } from '../../../containers/motion-diffusers/diffusers-backend.ts';
import vace from '../../../containers/wan21-vace-1-3b/component.json' with { type: 'json' };
import wan from '../../../containers/wan22-ti2v-5b/component.json' with { type: 'json' };
import { dryRun, FOLDER, noEmbeddings } from '../motion-diffusers/dry-run.ts';
import { goldenRequests } from './golden-requests.ts';
import { motionBackendSuite } from './motion-backend.suite.ts';

const together = Component.parse(wan);
const continued = Component.parse({ ...wan, motion: { ...wan.motion, coDenoising: undefined } });

it('denoises the golden shot as one when its latent is small, and continues it otherwise', () => {
  expect(goldenRequests(together).first.shot.together).toBe(true);
  expect(goldenRequests(continued).first.shot.together).toBeUndefined();
});

describe.each([
  ['denoised together', together],
  ['continued', continued],
  ['continued from several frames', Component.parse(vace)],
])('over a dry run, windows %s', (_, component) => {
  motionBackendSuite({
    component,
    open: (scratch) =>
      diffusersBackend({
        componentId: component.id,
        capabilities: capabilitiesOf(component),
        program: dryRun('--step-seconds', '0.01'),
        scratch: join(scratch, 'model-process'),
        embeddings: noEmbeddings(join(scratch, 'model-process', 'embeddings')),
        log: () => {},
      }),
    leavesWithinMs: 6_000, // two of them for a process that is deep in a step, the rest for a machine that is busy
    untouched: [FOLDER, join(FOLDER, 'worker')],
  });
});
