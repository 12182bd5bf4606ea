import { expect, it } from 'vitest';
import { run } from './machines.ts';

it('JSONata output reshapes a state, and assigned variables reach later states', async () => {
  const { status, output } = await run(
    {
      Remember: {
        Type: 'Pass',
        Assign: { tenant: '{% $states.input.tenant %}' },
        Output: { shots: '{% $states.input.shots %}' },
        Next: 'Use',
      },
      Use: { Type: 'Pass', Output: { tenant: '{% $tenant %}', seconds: '{% $sum($states.input.shots.seconds) %}' }, End: true },
    },
    { tenant: 'acme', shots: [{ seconds: 2 }, { seconds: 3.5 }] },
  );
  expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: { tenant: 'acme', seconds: 5.5 } });
});

it('a map keeps the order of its items', async () => {
  const { output } = await run(
    {
      Each: {
        Type: 'Map',
        Items: '{% $states.input.shots %}',
        ItemProcessor: { StartAt: 'Double', States: { Double: { Type: 'Pass', Output: '{% $states.input * 2 %}', End: true } } },
        End: true,
      },
    },
    { shots: [3, 1, 2] },
  );
  expect(output).toEqual([6, 2, 4]);
});
