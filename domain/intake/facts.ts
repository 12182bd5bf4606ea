import type { Brief } from '#contracts/brief';
import type { BriefProblem, LambdaUsage, LifecycleEvent } from '#contracts/events';
import { sequenceOf } from '#contracts/events';
import { tenantOfJob } from '#contracts/identity';

/** What intake tells the bus. Keys hold no time and no try, so a brief that arrives twice tells nothing twice. */
const base = (jobId: string, kind: string, position: 'requested' | 'completed' | 'concluded', at: Date) => ({
  schemaVersion: 1 as const,
  idempotencyKey: `${jobId}:${kind}`,
  sequence: sequenceOf('intake', position),
  at: at.toISOString(),
  tenant: tenantOfJob(jobId),
  jobId,
});

export const clipSeconds = (brief: Brief): number => brief.storyboard.reduce((sum, frame) => sum + frame.seconds, 0);

export const accepted = (jobId: string, briefKey: string, brief: Brief, at: Date): LifecycleEvent => ({
  ...base(jobId, 'brief.accepted', 'completed', at),
  type: 'brief.accepted',
  campaign: brief.campaign,
  briefKey,
  clipSeconds: clipSeconds(brief),
  tier: brief.tier,
  template: brief.template,
  ...(brief.deadline === undefined ? {} : { deadline: brief.deadline }),
});

export const parked = (jobId: string, briefKey: string, missing: readonly string[], until: string, at: Date): LifecycleEvent => ({
  ...base(jobId, 'brief.parked', 'requested', at),
  type: 'brief.parked',
  briefKey,
  missing: [...missing],
  until,
});

/** Said in the history of the job that stands, once a repeated upload. */
export const duplicated = (jobId: string, briefKey: string, versionId: string, at: Date): LifecycleEvent => ({
  ...base(jobId, `brief.duplicated:${versionId}`, 'completed', at),
  type: 'brief.duplicated',
  briefKey,
  versionId,
});

export const rejected = (jobId: string, briefKey: string, problems: readonly BriefProblem[], at: Date): LifecycleEvent => ({
  ...base(jobId, 'brief.rejected', 'concluded', at),
  type: 'brief.rejected',
  briefKey,
  problems: [...problems],
});

/** Campaign under which the cost of refused briefs is kept: their own cannot be trusted. */
const NO_CAMPAIGN = 'none';

/** What looking at the brief used. One a job: copies of an event cost fractions of a micro-dollar and would make totals depend on luck. */
export const used = (
  jobId: string,
  campaign: string | undefined,
  usage: Omit<LambdaUsage, 'kind' | 'requestId'>,
  at: Date,
): LifecycleEvent => ({
  ...base(jobId, 'intake.accept-brief:completed', 'completed', at),
  type: 'stage.completed',
  visit: 'intake',
  campaign: campaign ?? NO_CAMPAIGN,
  step: 'intake.accept-brief',
  usage: { kind: 'lambda', requestId: `${jobId}:intake`, ...usage },
});
