import type { AttemptEnd, EvaluateOnExit, RetryStrategy } from './model.ts';
import { ClientException } from './model.ts';

/** Limits of the RetryStrategy and EvaluateOnExit types in the AWS Batch API reference. */
const MAX_ATTEMPTS = 10;
const MAX_RULES = 5;

/**
 * What follows a failed attempt. Rules are read from top to bottom and the first that matches decides;
 * when none matches the job is retried, which surprises people who wrote only a RETRY rule.
 */
export function afterFailure(
  attemptsMade: number,
  strategy: { attempts: number; evaluateOnExit: readonly EvaluateOnExit[] },
  end: AttemptEnd,
): 'RETRY' | 'EXIT' {
  if (attemptsMade >= strategy.attempts) return 'EXIT';
  const rule = strategy.evaluateOnExit.find((candidate) => matches(candidate, end));
  return rule?.action.toUpperCase() === 'EXIT' ? 'EXIT' : 'RETRY';
}

/** All patterns that a rule names must fit; a pattern it does not name is no condition. */
function matches(rule: EvaluateOnExit, end: AttemptEnd): boolean {
  return (
    fits(rule.onStatusReason, end.statusReason) &&
    fits(rule.onReason, end.reason ?? '') &&
    fits(rule.onExitCode, String(end.exitCode ?? ''))
  );
}

/** Batch patterns are literal, but for one `*` at the end. */
function fits(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined) return true;
  return pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
}

/** The strategy with its defaults, or an error in the words of the API when AWS would refuse it. */
export function checkedStrategy(strategy: RetryStrategy | undefined): { attempts: number; evaluateOnExit: readonly EvaluateOnExit[] } {
  const attempts = strategy?.attempts ?? 1;
  const evaluateOnExit = strategy?.evaluateOnExit ?? [];
  if (!Number.isInteger(attempts) || attempts < 1 || attempts > MAX_ATTEMPTS)
    throw new ClientException(`retryStrategy.attempts must be a whole number from 1 to ${MAX_ATTEMPTS}, found ${attempts}`);
  if (evaluateOnExit.length > MAX_RULES)
    throw new ClientException(`retryStrategy.evaluateOnExit holds at most ${MAX_RULES} rules, found ${evaluateOnExit.length}`);
  if (evaluateOnExit.length > 0 && strategy?.attempts === undefined)
    throw new ClientException('retryStrategy.attempts is required when evaluateOnExit is given');
  evaluateOnExit.forEach(checkRule);
  return { attempts, evaluateOnExit };
}

function checkRule(rule: EvaluateOnExit, index: number): void {
  const where = `retryStrategy.evaluateOnExit[${index}]`;
  if (!['RETRY', 'EXIT'].includes(String(rule.action).toUpperCase()))
    throw new ClientException(`${where}.action must be RETRY or EXIT, found ${rule.action}`);
  const patterns = [rule.onStatusReason, rule.onReason, rule.onExitCode].filter((pattern) => pattern !== undefined);
  if (patterns.length === 0) throw new ClientException(`${where} needs onStatusReason, onReason or onExitCode`);
  const inner = patterns.find((pattern) => pattern.slice(0, -1).includes('*'));
  if (inner !== undefined) throw new ClientException(`${where}: a pattern may only end with *, found ${inner}`);
  if (rule.onExitCode !== undefined && !/^\d*\*?$/.test(rule.onExitCode))
    throw new ClientException(`${where}.onExitCode holds digits and may end with *, found ${rule.onExitCode}`);
}
