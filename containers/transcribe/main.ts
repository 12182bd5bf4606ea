import { openArtifactStore } from '#adapters/aws/artifact-store';
import { loadBundle } from '../harness/weights.ts';
import component from './component.json' with { type: 'json' };
import { run } from './run.ts';

process.exit(
  await run({
    component,
    environment: process.env,
    engine: 'faster-whisper',
    openStore: (bucket) => openArtifactStore({ bucket }),
    loadBundle,
    write: (line) => process.stdout.write(line),
  }),
);
