import { expect, it } from 'vitest';
import * as z from 'zod';
import { Failure } from '../../../tools/cli/failure.ts';
import { voice } from '../../../tools/cli/voice.ts';

const Result = z.strictObject({ answer: z.number() });
const spoken = (isJson: boolean) => {
  const out: string[] = [];
  const err: string[] = [];
  const stream = (to: string[]) => ({ write: (text: string) => to.push(text) });
  return { out, err, speak: voice(isJson, stream(out), stream(err)) };
};

it('leaves standard output to the object with --json, and talks to people on standard error', () => {
  const { out, err, speak } = spoken(true);
  speak.say('working');
  speak.result(Result, { answer: 42 }, ['the answer is 42']);
  expect(out).toEqual(['{"answer":42}\n']);
  expect(err.join('')).toBe('working\n');
});
it('talks to people on standard output otherwise', () => {
  const { out, err, speak } = spoken(false);
  speak.say('working');
  speak.result(Result, { answer: 42 }, ['the answer is 42']);
  expect(out.join('')).toBe('working\nthe answer is 42\n');
  expect(err).toEqual([]);
});
it('refuses to print an object that breaks its promise', () => {
  const broken: { answer: number } = JSON.parse('{"answer":"42"}');
  expect(() => spoken(true).speak.result(Result, broken, [])).toThrow();
});
it('says what to do about a failure, as an object and in words', () => {
  const { out, err, speak } = spoken(true);
  speak.fail(new Failure('LocalAwsDown', 'expected a running local AWS, found none', { hint: 'start it' }));
  expect(JSON.parse(out.join(''))).toEqual({
    error: { name: 'LocalAwsDown', message: 'expected a running local AWS, found none', hint: 'start it' },
  });
  expect(err.join('')).toBe('error: expected a running local AWS, found none\n       start it\n');
});
