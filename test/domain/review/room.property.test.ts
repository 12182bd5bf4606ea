import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { openMemoryCampaignStore } from '#adapters/memory/campaign-store';
import { openMemoryEventPublisher } from '#adapters/memory/event-publisher';
import { openMemoryReviewStore } from '#adapters/memory/review-store';
import { openMemoryRuleStore } from '#adapters/memory/rule-store';
import { openMemoryTaskTokens } from '#adapters/memory/task-tokens';
import { DecideInput, ReviewDecision, type ReviewItem, type ReviewRequest } from '#contracts/review';
import { requestDecision } from '#domain/review/ask';
import { isSampled } from '#domain/review/audit';
import { AUTO_APPROVAL_RULES } from '#domain/review/auto-approval';
import { decide, type ReviewNeighbours } from '#domain/review/decide';
import { tendQueue } from '#domain/review/escalation';
import { closeQuestions } from '#domain/review/job-ended';
import { claim, release } from '#domain/review/room';
import { briefRequest, of, previewRequest } from './world.ts';

/**
 * The room as a whole, under everything that happens to it at once: people claim, release and decide, the machine asks and asks again,
 * callers die between two effects, the sweep runs, the job is canceled, and time passes. Effects of calls that run at the same moment are
 * interleaved by chance.
 */
const person = fc.constantFrom('Ada', 'Grace', 'ada ', 'Alan');
const role = fc.constantFrom('reviewer' as const, 'lead' as const);
const effect = fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined, freq: 3 });
const call = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant('ask' as const), diesAt: effect }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('claim' as const), who: person, role }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('release' as const), who: person, role }) },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('decide' as const),
      who: person,
      outcome: fc.constantFrom('approved' as const, 'rejected' as const, 'rework' as const, 'rework' as const),
      round: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined, freq: 2 }),
      kind: fc.constantFrom('decision' as const, 'decision' as const, 'audit' as const),
      diesAt: effect,
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('sweep' as const), diesAt: effect }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('cancel' as const) }) },
);
type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;
/** Seconds that pass, then calls that run at the same moment. */
const moment = fc.record({
  passes: fc.constantFrom(0, 0, 30, 20 * 60, 10 * 3_600, 30 * 3_600),
  calls: fc.array(call, { minLength: 1, maxLength: 3 }),
});
const KINDS = ['ordinary', 'needs two', 'has a rule', 'is sampled'] as const;
type KindOfJob = (typeof KINDS)[number];

/** A job whose approval by the rule chance chooses to be looked at, and one that it does not. */
const [rule] = AUTO_APPROVAL_RULES;
const jobWhere = (sampled: boolean): string => {
  for (let n = 0; rule; n++) {
    const jobId = `acme_${n.toString(16).padStart(24, '0')}`;
    if (isSampled({ jobId, subject: 'preview', round: 1 }, rule) === sampled) return jobId;
  }
  throw new Error('expected a rule to draw for');
};
const [SAMPLED, UNSAMPLED] = [jobWhere(true), jobWhere(false)];

class Died extends Error {}

function openRoom(kind: KindOfJob, scheduler: fc.Scheduler) {
  const jobId = kind === 'is sampled' ? SAMPLED : UNSAMPLED;
  const stores = {
    reviews: openMemoryReviewStore(),
    rules: openMemoryRuleStore(),
    artifacts: openMemoryArtifactStore(),
    campaigns: openMemoryCampaignStore(),
  };
  const tokens = openMemoryTaskTokens();
  const publisher = openMemoryEventPublisher();
  let clock = Date.parse('2026-11-24T08:00:00.000Z');
  const now = () => new Date(clock);
  /** The machine: what it is asked with, and how often it asked. */
  let asked = 0;
  let message = {
    ...previewRequest.message,
    job: { ...previewRequest.message.job, jobId },
    ...(kind === 'needs two' && { briefVerdict: briefRequest.message.briefVerdict }),
  };
  /** The round in which each token was waited on. */
  const roundOf = new Map<string, number>();

  /** Neighbours whose effects come in an order that chance chooses; the caller dies before its n-th effect. */
  const neighbours = (diesAt?: number): ReviewNeighbours => {
    let effects = 0;
    const guarded = <A extends unknown[], R>(run: (...given: A) => Promise<R>) => {
      const scheduled = scheduler.scheduleFunction(run);
      return (...given: A): Promise<R> => {
        effects += 1;
        return effects === diesAt ? Promise.reject(new Died()) : scheduled(...given);
      };
    };
    return {
      reviews: {
        change: guarded(stores.reviews.change),
        find: guarded(stores.reviews.find),
        waiting: guarded(stores.reviews.waiting),
        settledSince: guarded(stores.reviews.settledSince),
      },
      rules: {
        all: guarded(stores.rules.all),
        count: guarded(stores.rules.count),
        suspend: guarded(stores.rules.suspend),
        resume: guarded(stores.rules.resume),
      },
      campaigns: { of: guarded(stores.campaigns.of), change: guarded(stores.campaigns.change) },
      tokens: { succeed: guarded(tokens.succeed) },
      publisher: { publish: guarded(publisher.publish) },
      artifacts: { put: guarded(stores.artifacts.put), get: guarded(stores.artifacts.get) },
      screenWords: async () => undefined,
      now,
    };
  };

  const item = async (which: ReviewItem['kind'] = 'decision') =>
    (await stores.reviews.find('acme', jobId)).find((one) => one.kind === which);

  /** The state is entered, or retried: a new token takes the place of one that nobody answered. After an answer to rework it is followed. */
  const ask = async (diesAt?: number): Promise<void> => {
    const last = tokens.answers.get(`token-${asked}`);
    const answer = last === undefined ? undefined : ReviewDecision.parse(last);
    if (answer && answer.outcome !== 'rework') return; // the machine has gone on
    if (answer?.rework) message = { ...message, rework: answer.rework };
    asked += 1;
    const taskToken = `token-${asked}`;
    const takes = message.rework?.take ?? 1;
    roundOf.set(taskToken, takes);
    tokens.wait(taskToken);
    const request: ReviewRequest = { ...previewRequest, taskToken, message };
    await requestDecision(
      request,
      of(kind === 'has a rule' || kind === 'is sampled' ? 'low-risk-loop' : 'product-hero'),
      neighbours(diesAt),
    );
  };

  const run = async (one: Call): Promise<void> => {
    switch (one.does) {
      case 'ask':
        return ask(one.diesAt);
      case 'claim':
      case 'release': {
        const change = one.does === 'claim' ? claim : release;
        await change({ jobId, subject: 'preview', kind: 'decision' }, { name: one.who, role: one.role }, neighbours());
        return;
      }
      case 'decide': {
        const { kind: which, outcome, who: reviewer, round } = one;
        const notes = [{ shot: 0, at: 0.5, text: 'The cap is cut off' }];
        await decide(
          DecideInput.parse({ jobId, subject: 'preview', kind: which, outcome, reviewer, round, notes }),
          neighbours(one.diesAt),
        );
        return;
      }
      case 'sweep':
        await tendQueue(neighbours(one.diesAt));
        return;
      case 'cancel':
        await closeQuestions(
          { executionArn: '', stateMachineArn: '', name: jobId, status: 'ABORTED' },
          now().toISOString(),
          stores.reviews,
        );
    }
  };

  return {
    ...{ item, tokens, roundOf, stores, now },
    /** Copies of one event left out, as the ledger does. */
    told: () => [...new Map(publisher.published.map((event) => [event.idempotencyKey, event])).values()],
    pass: (seconds: number) => {
      clock += seconds * 1000;
    },
    /** Runs calls at the same moment; those that die leave what they had done. */
    together: async (calls: readonly Call[]): Promise<void> => {
      // One machine asks once at a time.
      const once = calls.filter((one, index) => one.does !== 'ask' || calls.findIndex(({ does }) => does === 'ask') === index);
      await scheduler.waitFor(
        Promise.all(
          once.map((one) =>
            run(one).catch((error: unknown) => {
              if (!(error instanceof Died)) throw error;
            }),
          ),
        ),
      );
    },
  };
}

/** Every decision that stands, by round. */
const decisionsOf = (item: ReviewItem | undefined): Map<number, ReviewDecision> =>
  new Map([...(item?.earlier ?? []), ...(item?.decision ? [item.decision] : [])].map((decision) => [decision.round ?? 1, decision]));

it('has one outcome a round, tells it to the machine and to nobody else, and loses nothing, whatever happens at once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...KINDS),
      fc.array(moment, { minLength: 1, maxLength: 14 }),
      fc.scheduler(),
      async (kind, moments, scheduler) => {
        const room = openRoom(kind, scheduler);
        const standing = new Map<number, ReviewDecision>();
        for (const { passes, calls } of moments) {
          room.pass(passes);
          await room.together(calls);
          const item = await room.item();
          for (const [round, decision] of standing) expect(decisionsOf(item).get(round)).toEqual(decision);
          for (const [round, decision] of decisionsOf(item)) standing.set(round, decision);
          for (const [token, answer] of room.tokens.answers) expect(answer).toEqual(standing.get(room.roundOf.get(token) ?? 0));
          if (kind === 'needs two')
            for (const { outcome, reviewer, secondReviewer } of standing.values())
              if (outcome === 'approved') expect(plain(secondReviewer ?? reviewer)).not.toBe(plain(reviewer));
        }

        // The machine retries, a person calls again, the sweep runs once more after every deadline: then all is told and nothing waits.
        await room.together([{ does: 'ask', diesAt: undefined }]);
        await room.together([{ does: 'decide', who: 'Alan', outcome: 'rejected', round: undefined, kind: 'decision', diesAt: undefined }]);
        await room.together([{ does: 'decide', who: 'Alan', outcome: 'rejected', round: undefined, kind: 'audit', diesAt: undefined }]);
        const last = decisionsOf(await room.item());
        for (const [round, decision] of standing) expect(last.get(round)).toEqual(decision);
        for (const decision of last.values())
          expect(room.told()).toContainEqual(expect.objectContaining({ type: 'review.decided', decision }));
        room.pass(400 * 3_600);
        await room.together([{ does: 'sweep', diesAt: undefined }]);
        expect(await room.stores.reviews.waiting()).toEqual([]);

        const [record] = await room.stores.rules.all();
        const audit = await room.item('audit');
        expect(record?.approved ?? 0).toBe([...last.values()].some(({ reviewer }) => reviewer.startsWith('rule:')) ? 1 : 0);
        expect(record?.sampled ?? 0).toBe(audit ? 1 : 0);
        expect(record?.misses ?? 0).toBe(audit?.decision?.outcome === 'rejected' ? 1 : 0);
        expect(record?.suspended !== undefined).toBe((record?.misses ?? 0) > 0);
      },
    ),
    { numRuns: 400 },
  );
});

const plain = (name: string): string => name.trim().toLowerCase();
