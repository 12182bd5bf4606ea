import { expect, it } from 'vitest';
import { fits, free, need } from '../../../tools/local/batch/machine.ts';

const laptop = { gpus: 2, cores: 4 };
const asking = (resources: Record<string, number>) => ({
  container: {
    image: 'i',
    command: [],
    environment: [],
    resourceRequirements: Object.entries(resources).map(([type, value]) => ({
      type: type as 'GPU' | 'VCPU' | 'MEMORY',
      value: String(value),
    })),
  },
});

it('a GPU job takes a GPU slot and no cores, as its vCPUs belong to an instance that a laptop has not', () => {
  expect(need(asking({ GPU: 1, VCPU: 4, MEMORY: 14_000 }), laptop)).toEqual({ gpus: 1, cores: 0 });
});

it('a job without a GPU takes its vCPUs, one when it names none', () => {
  expect(need(asking({ VCPU: 3 }), laptop)).toEqual({ gpus: 0, cores: 3 });
  expect(need(asking({}), laptop)).toEqual({ gpus: 0, cores: 1 });
});

it('a job that asks for more than there is gets everything, so that it waits but not forever', () => {
  expect(need(asking({ VCPU: 64 }), laptop)).toEqual({ gpus: 0, cores: 4 });
  expect(need(asking({ GPU: 8 }), laptop)).toEqual({ gpus: 2, cores: 0 });
});

it('a job waits for GPUs while another takes the cores', () => {
  const left = free(laptop, [{ gpus: 2, cores: 0 }]);
  expect(fits(need(asking({ GPU: 1 }), laptop), left)).toBe(false);
  expect(fits(need(asking({ VCPU: 4 }), laptop), left)).toBe(true);
});
