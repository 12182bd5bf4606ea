import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { measureFaults } from '../../../bench/safety-faults.ts';

const MODELS = fileURLToPath(new URL('../../../.framewright/models', import.meta.url));

it('sends every fault of every voter to a person, at both doors', async () => {
  const { cases, faultsToReview, escaped } = await measureFaults(MODELS);
  expect(escaped).toEqual([]);
  expect(faultsToReview).toBe(1);
  expect(cases).toBeGreaterThan(250);
}, 180_000);
