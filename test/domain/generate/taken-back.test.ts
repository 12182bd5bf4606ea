import { expect, it } from 'vitest';
import { type AttemptEnd, takenBack } from '#domain/generate/taken-back';

const gone: AttemptEnd = { statusReason: 'Host EC2 (instance i-0abc) terminated.' };
const left: AttemptEnd = { statusReason: 'Essential container in task exited', exitCode: 75 };
const failed: AttemptEnd = { statusReason: 'Essential container in task exited', exitCode: 70 };
const wrong: AttemptEnd = { statusReason: 'Essential container in task exited', exitCode: 65 };

it('gives the reason when every shot that failed had its machines taken back', () => {
  const last = 'the last: Host EC2 (instance i-0abc) terminated.';
  expect(takenBack([[gone, left, gone]])).toBe(`1 of the shots lost 3 spot machines; ${last}`);
  const two = [
    [left, left, left],
    [failed, gone, left],
  ];
  expect(takenBack(two)).toBe(`2 of the shots lost 5 spot machines; ${last}`);
});

it.each<[string, AttemptEnd[][]]>([
  ['one reclaim, which is weather', [[failed, failed, gone]]],
  ['a failure after reclaims', [[gone, gone, failed]]],
  ['wrong work', [[wrong]]],
  [
    'one shot of many that failed by itself',
    [
      [gone, gone],
      [failed, failed],
    ],
  ],
  ['nothing that failed', []],
  ['a piece that never ran', [[]]],
])('gives none for %s: a dearer machine would fail as well', (_, attempts) => {
  expect(takenBack(attempts)).toBeUndefined();
});
