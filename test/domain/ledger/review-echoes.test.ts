import { expect, it } from 'vitest';
import { type LifecycleEvent, sequenceOf } from '#contracts/events';
import { project } from '#domain/ledger/project';
import { at, decided, happyLife, JOB, requested, TENANT } from './news.ts';

const base = (kind: 'claimed' | 'released' | 'escalated' | 'sampled' | 'audited' | 'suspended', seconds: number) => ({
  schemaVersion: 1 as const,
  idempotencyKey: kind,
  sequence: sequenceOf('review:preview', kind),
  at: at(seconds),
  tenant: TENANT,
  jobId: JOB,
});
const question = { subject: 'preview' as const, kind: 'audit' as const };
const echoes = (seconds: number): LifecycleEvent[] => [
  { ...base('claimed', seconds), ...question, type: 'review.claimed', reviewer: 'ada', until: at(seconds) },
  { ...base('released', seconds), ...question, type: 'review.released', reviewer: 'ada', because: 'ran-out' },
  { ...base('escalated', seconds), ...question, type: 'review.escalated', deadlineAt: at(seconds) },
  { ...base('sampled', seconds), ...question, type: 'review.sampled', rule: 'low-risk-loop', deadlineAt: at(seconds) },
  { ...base('audited', seconds), ...question, type: 'review.audited', rule: 'low-risk-loop', agreed: false, reviewer: 'ada', reason: 'no' },
  { ...base('suspended', seconds), type: 'rule.suspended', rule: 'low-risk-loop', reason: 'no' },
];

it.each(echoes(500))('is not moved by $type: a job that waits still waits', (echo) => {
  const waiting = project(undefined, requested('preview', 8));
  expect(project(waiting, echo)).toMatchObject({ status: 'waiting-for-review', sequence: waiting.sequence, visit: 'review:preview' });
});

it.each(echoes(500))('is not moved by $type days later: a published job stays published', (echo) => {
  const published = [...happyLife, decided('preview', 20)].reduce<ReturnType<typeof project> | undefined>(project, undefined);
  expect(published && project(published, echo)).toMatchObject({ status: 'published', visit: 'publish', percent: 100 });
});
