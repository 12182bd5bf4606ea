import { expect, it } from 'vitest';
import { Failure } from '../../../tools/cli/failure.ts';
import { goTo, whereTo } from '../../../tools/cli/where.ts';

const up = { endpoint: 'http://127.0.0.1:4566', environment: { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566', AWS_ACCESS_KEY_ID: 'test' } };

it('talks to the local AWS while one is up and nothing else was asked for', () => {
  expect(whereTo({}, up, { AWS_PROFILE: 'prod' })).toMatchObject({ kind: 'local', name: 'the local AWS at http://127.0.0.1:4566' });
});
it('talks to AWS when a profile or region is given, whatever is up', () => {
  expect(whereTo({ profile: 'prod' }, up, {})).toMatchObject({ kind: 'aws', name: 'AWS (profile prod)' });
  expect(whereTo({ region: 'eu-west-1' }, up, {})).toMatchObject({ kind: 'aws', environment: { AWS_REGION: 'eu-west-1' } });
});
it('talks to the AWS of the environment when nothing is up', () => {
  expect(whereTo({}, undefined, { AWS_PROFILE: 'prod', AWS_REGION: 'us-west-2' }).name).toBe('AWS (profile prod, region us-west-2)');
});
it('never guesses an account', () => {
  expect(() => whereTo({}, undefined, {})).toThrow(/expected a running local AWS, or --profile and --region/);
});
it('says how to start a local AWS that was asked for and is not there', () => {
  expect(() => whereTo({ local: true }, undefined, {})).toThrow(Failure);
  expect(() => whereTo({ local: true, profile: 'prod' }, up, {})).toThrow(/found both/);
});
it('keeps a profile of the caller away from the local AWS', () => {
  const environment: NodeJS.ProcessEnv = { AWS_PROFILE: 'prod', AWS_SESSION_TOKEN: 'secret', HOME: '/home/ada' };
  goTo(whereTo({}, up, environment), environment);
  expect(environment).toEqual({ ...up.environment, HOME: '/home/ada' });
});
