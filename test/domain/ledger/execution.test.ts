import { expect, it } from 'vitest';
import { ExecutionStatusChange } from '#contracts/events';
import { executionEnded } from '#domain/ledger/execution';
import { at, JOB, TENANT } from './news.ts';

const change = (over: Record<string, unknown>) =>
  ExecutionStatusChange.parse({
    executionArn: `arn:aws:states:us-east-1:123456789012:execution:Pipeline:${JOB}`,
    stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:Pipeline',
    name: JOB,
    status: 'FAILED',
    error: 'Asset.Rejected',
    cause: '{"errorType":"Asset.Rejected","errorMessage":"photo.png: expected a picture, found a video"}',
    stopDate: Date.parse(at(5)),
    ...over,
  });

it('tells why a pipeline failed, in the words of the step that failed', () => {
  expect(executionEnded(change({}), at(5))).toEqual({
    type: 'execution.ended',
    jobId: JOB,
    tenant: TENANT,
    at: at(5),
    outcome: 'failed',
    reason: 'Asset.Rejected: photo.png: expected a picture, found a video',
  });
});
it('fails a job whose pipeline ran out of time', () => {
  expect(executionEnded(change({ status: 'TIMED_OUT', error: null, cause: null }), at(5))).toMatchObject({
    outcome: 'failed',
    reason: 'the pipeline ran out of time',
  });
});
it('cancels a job whose pipeline was stopped, with the words of who stopped it', () => {
  expect(executionEnded(change({ status: 'ABORTED', error: undefined, cause: 'canceled by ada' }), at(5))).toMatchObject({
    outcome: 'canceled',
    reason: 'canceled by ada',
  });
});
it('leaves success to the events of the pipeline itself', () => {
  expect(executionEnded(change({ status: 'SUCCEEDED' }), at(5))).toBeUndefined();
  expect(executionEnded(change({ status: 'RUNNING' }), at(5))).toBeUndefined();
});
it('does not mistake a render for its job', () => {
  expect(executionEnded(change({ name: `${JOB}-preview` }), at(5))).toBeUndefined();
});
it('keeps a cause that only looks like JSON', () => {
  expect(executionEnded(change({ cause: '{broken' }), at(5))?.reason).toBe('Asset.Rejected: {broken');
});
