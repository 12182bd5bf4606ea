import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { artifactStoreSuite } from './artifact-store.suite.ts';

artifactStoreSuite('artifacts in memory', () => openMemoryArtifactStore());
