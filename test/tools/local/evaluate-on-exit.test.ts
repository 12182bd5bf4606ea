import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterFailure, checkedStrategy } from '../../../tools/local/batch/evaluate-on-exit.ts';

const RECLAIMED = { statusReason: 'Host EC2 (instance i-0abc) terminated.' };
const CRASHED = { statusReason: 'Essential container in task exited', exitCode: 1 };
const ours = {
  attempts: 3,
  evaluateOnExit: [
    { onStatusReason: 'Host EC2*', action: 'RETRY' },
    { onReason: '*', action: 'EXIT' },
  ],
};

const text = fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 4 });
const end = fc.record({
  statusReason: text,
  reason: fc.option(text, { nil: undefined }),
  exitCode: fc.option(fc.nat(255), { nil: undefined }),
});
const pattern = fc.tuple(text, fc.constantFrom('', '*')).map(([head, tail]) => head + tail);
const rule = fc.record(
  { onStatusReason: pattern, onReason: pattern, action: fc.constantFrom('RETRY', 'EXIT', 'retry', 'exit') },
  { requiredKeys: ['action', 'onStatusReason'] },
);

describe('what follows a failed attempt', () => {
  it('never exceeds the number of attempts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.nat(12),
        fc.array(rule, { maxLength: 5 }),
        end,
        (attempts, extra, evaluateOnExit, how) => {
          expect(afterFailure(attempts + extra, { attempts, evaluateOnExit }, how)).toBe('EXIT');
        },
      ),
    );
  });

  it('is decided by the first rule that matches, so what stands behind it does not matter', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 4 }), fc.array(rule, { maxLength: 4 }), end, (rules, others, how) => {
        const first = { onStatusReason: '*', action: 'EXIT' };
        const strategy = { attempts: 9, evaluateOnExit: [...rules, first] };
        expect(afterFailure(1, { attempts: 9, evaluateOnExit: [...rules, first, ...others] }, how)).toBe(afterFailure(1, strategy, how));
      }),
    );
  });

  it('is a retry when no rule matches, and when there are no rules', () => {
    expect(afterFailure(1, { attempts: 2, evaluateOnExit: [] }, CRASHED)).toBe('RETRY');
    expect(afterFailure(1, { attempts: 2, evaluateOnExit: [{ onExitCode: '2', action: 'EXIT' }] }, CRASHED)).toBe('RETRY');
  });

  it('retries a reclaimed host and nothing else, with the rules that our workers use', () => {
    expect(afterFailure(1, ours, RECLAIMED)).toBe('RETRY');
    expect(afterFailure(3, ours, RECLAIMED)).toBe('EXIT');
    expect(afterFailure(1, ours, CRASHED)).toBe('EXIT');
  });

  it('needs every pattern of a rule to fit', () => {
    const evaluateOnExit = [
      { onStatusReason: 'Essential*', onExitCode: '137', action: 'RETRY' },
      { onStatusReason: '*', action: 'EXIT' },
    ];
    expect(afterFailure(1, { attempts: 2, evaluateOnExit }, { ...CRASHED, exitCode: 137 })).toBe('RETRY');
    expect(afterFailure(1, { attempts: 2, evaluateOnExit }, CRASHED)).toBe('EXIT');
  });

  it('does not read an exit code as a beginning: 1 is not 13', () => {
    const evaluateOnExit = [
      { onExitCode: '1', action: 'EXIT' },
      { onExitCode: '13*', action: 'RETRY' },
    ];
    expect(afterFailure(1, { attempts: 2, evaluateOnExit }, { ...CRASHED, exitCode: 137 })).toBe('RETRY');
  });
});

describe('a retry strategy', () => {
  it('has 1 to 10 attempts', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 20 }), (attempts) => {
        if (attempts >= 1 && attempts <= 10) expect(checkedStrategy({ attempts })).toEqual({ attempts, evaluateOnExit: [] });
        else expect(() => checkedStrategy({ attempts })).toThrow(/1 to 10/);
      }),
    );
  });

  it.each([
    ['six rules', { attempts: 2, evaluateOnExit: Array(6).fill({ onReason: '*', action: 'EXIT' }) }, /at most 5/],
    ['an unknown action', { attempts: 2, evaluateOnExit: [{ onReason: '*', action: 'PAUSE' }] }, /RETRY or EXIT/],
    ['a rule without a pattern', { attempts: 2, evaluateOnExit: [{ action: 'EXIT' }] }, /needs onStatusReason/],
    ['a star inside a pattern', { attempts: 2, evaluateOnExit: [{ onReason: 'a*b', action: 'EXIT' }] }, /only end with/],
    ['a named exit code', { attempts: 2, evaluateOnExit: [{ onExitCode: 'ENOMEM', action: 'EXIT' }] }, /digits/],
    ['rules without attempts', { evaluateOnExit: [{ onReason: '*', action: 'EXIT' }] }, /attempts is required/],
  ])('is refused with %s', (_what, strategy, message) => {
    expect(() => checkedStrategy(strategy)).toThrow(message);
  });
});
