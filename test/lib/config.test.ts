import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLoopback, readConfig } from '#lib/config';

const read = (more: object = {}) => readConfig({ projectRoot: '/project', ...more });

describe('the environment', () => {
  it('is AWS unless something says otherwise', () => {
    expect(read().environment).toBe('aws');
    expect(read({ endpoint: 'https://vpce.example.com' }).environment).toBe('aws');
  });

  it('is local when calls go to this machine', () => {
    expect(read({ endpoint: 'http://127.0.0.1:4566' }).environment).toBe('local');
  });

  it('is what the context asks for, whatever the endpoint', () => {
    expect(read({ environment: 'aws', endpoint: 'http://localhost:4566' }).environment).toBe('aws');
  });

  it('is never guessed from a word nobody knows', () => {
    expect(() => read({ environment: 'production' })).toThrow(/expected one of .*local.*aws/);
  });
});

it('takes an address for alarms and a limit for the day, and refuses what is neither', () => {
  expect(read({ alarmEmail: 'ops@example.com', dailySpendLimitUsd: '50' })).toMatchObject({
    alarmEmail: 'ops@example.com',
    dailySpendLimitUsd: 50,
  });
  expect(() => read({ alarmEmail: 'nobody' })).toThrow(/alarmEmail/);
  expect(() => read({ dailySpendLimitUsd: 'much' })).toThrow(/dailySpendLimitUsd/);
});

it('never takes a host of somebody else for this machine', () => {
  fc.assert(
    fc.property(fc.domain(), (host) => {
      fc.pre(!host.endsWith('.localhost'));
      expect(isLoopback(`http://${host}:4566`)).toBe(false);
    }),
  );
  for (const host of ['127.0.0.1', '127.1.2.3', 'localhost', 'x.localhost', '[::1]']) expect(isLoopback(`http://${host}:1`)).toBe(true);
  for (const odd of [undefined, '', 'localhost', 'http://127.0.0.1.example.com']) expect(isLoopback(odd)).toBe(false);
});
