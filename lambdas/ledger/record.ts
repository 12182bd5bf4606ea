import {
  BatchJobStateChange,
  BatchParameters,
  EVENT_SOURCE,
  type EventEnvelope,
  ExecutionStatusChange,
  LifecycleEvent,
} from '#contracts/events';
import type { CostFact, JobRow } from '#contracts/ledger';
import { answeredQuestion } from '#domain/ledger/answered-question';
import { batchCosts, type Known, wasDisturbed } from '#domain/ledger/batch-cost';
import { executionEnded } from '#domain/ledger/execution';
import { lambdaCost } from '#domain/ledger/lambda-cost';
import { project } from '#domain/ledger/project';
import { publishedClip } from '#domain/ledger/published-clip';
import { reworkedShots } from '#domain/ledger/sent-back';
import { stoppedJob } from '#domain/ledger/stopped-job';
import type { CostArchive, LedgerStore } from '#domain/ports';
import { parse } from '../parse.ts';

export interface Riverbed {
  readonly ledger: LedgerStore;
  readonly archive: CostArchive;
}

/** What became of an event, for the log. `foreign` events are of somebody else's work in the same account. */
export type Recorded = 'recorded' | 'copy' | 'foreign' | 'nothing-to-record';

/**
 * Writes down one event. The table comes before the archive, and every step is done again for a copy: the copy may have come because the
 * first run died between two of them. Each step alone changes nothing the second time.
 */
export async function record(envelope: EventEnvelope, { ledger, archive }: Riverbed): Promise<Recorded> {
  const charge = async (fact: CostFact): Promise<boolean> => {
    const isNew = await ledger.addCost(fact);
    // A copy may have been measured anew and cost a little more or less: the archive holds what the total was made of.
    const standing = isNew ? fact : (await ledger.costs(fact.tenant, fact.jobId)).find(({ factId }) => factId === fact.factId);
    await archive.keep(standing ?? fact);
    return isNew;
  };

  switch (envelope.source) {
    case EVENT_SOURCE: {
      const event = parse(LifecycleEvent, envelope.detail, `event ${envelope['detail-type']}`);
      const isNew = await ledger.addEvent(event);
      const row = await ledger.updateJob(event.tenant, event.jobId, (before) => project(before, event));
      const fact = lambdaCost(event);
      if (fact) await charge(fact);
      await keepPublished(row, archive);
      const [back, ...more] = reworkedShots(event);
      if (back) await archive.keepReworked([back, ...more]);
      const answer = answeredQuestion(event);
      if (answer) await archive.keepAnswered(answer);
      const stopped = stoppedJob(event);
      if (stopped) await archive.keepStopped(stopped);
      return isNew ? 'recorded' : 'copy';
    }
    case 'aws.batch': {
      const change = parse(BatchJobStateChange, envelope.detail, 'Batch job state change');
      if (change.parameters.jobId === undefined) return 'foreign';
      const whose = parse(BatchParameters, change.parameters, `parameters of Batch job ${change.jobId}`);
      const attempts = batchCosts(change, whose);
      if (attempts.length === 0) return 'nothing-to-record';
      const facts = wasDisturbed(attempts) ? batchCosts(change, whose, await known(whose, ledger)) : attempts;
      let isNew = false;
      for (const fact of facts) isNew = (await charge(fact)) || isNew;
      return isNew ? 'recorded' : 'copy';
    }
    case 'aws.states': {
      const change = parse(ExecutionStatusChange, envelope.detail, 'execution status change');
      const end = executionEnded(change, new Date(change.stopDate ?? envelope.time).toISOString());
      if (!end) return 'nothing-to-record';
      await ledger.updateJob(end.tenant, end.jobId, (before) => project(before, end));
      return 'recorded';
    }
    default:
      return 'foreign';
  }
}

async function known({ tenant, jobId }: { tenant: string; jobId: string }, ledger: LedgerStore): Promise<Known> {
  const [events, facts] = await Promise.all([ledger.events(tenant, jobId), ledger.costs(tenant, jobId)]);
  return { events, facts };
}

/** Kept with every event of a published job, so the line has the campaign even when the publication was heard of before the brief. */
async function keepPublished(row: JobRow | undefined, archive: CostArchive): Promise<void> {
  const clip = row && publishedClip(row);
  if (clip) await archive.keepPublished(clip);
}
