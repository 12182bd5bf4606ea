import { join } from 'node:path';
import { describe } from 'vitest';
import { Component } from '#contracts/component';
import { capabilitiesOf } from '../../../containers/harness/motion-backend.ts';
import { diffusersBackend } from '../../../containers/motion-diffusers/diffusers-backend.ts';
import vace from '../../../containers/wan21-vace-1-3b/component.json' with { type: 'json' };
import wan from '../../../containers/wan22-ti2v-5b/component.json' with { type: 'json' };
import { dryRun, FOLDER, noEmbeddings } from '../motion-diffusers/dry-run.ts';
import { motionBackendSuite } from './motion-backend.suite.ts';

describe.each([wan, vace])('over a dry run', (manifest) => {
  const component = Component.parse(manifest);
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
