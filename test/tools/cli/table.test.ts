import { expect, it } from 'vitest';
import { table } from '../../../tools/cli/table.ts';

it('lines up words at their start and numbers at their end', () => {
  const rows = [
    { name: 'generate', cost: 12 },
    { name: 'post', cost: 3456 },
  ];
  expect(
    table(rows, [
      { title: 'stage', of: ({ name }) => name },
      { title: 'cost', of: ({ cost }) => String(cost), align: 'right' },
    ]),
  ).toEqual(['stage     cost', '--------  ----', 'generate    12', 'post      3456']);
});
