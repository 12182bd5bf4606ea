import { memoryClipSigner } from '#adapters/memory/clip-signer';
import { clipSignerSuite } from './clip-signer.suite.ts';

clipSignerSuite('a signer in memory', async () => (await memoryClipSigner(new Date())).signer);
