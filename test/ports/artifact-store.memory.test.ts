import { memoryArtifactStore } from '#adapters/memory/artifact-store';
import { artifactStoreSuite } from './artifact-store.suite.ts';

artifactStoreSuite('artifacts in memory', () => memoryArtifactStore());
