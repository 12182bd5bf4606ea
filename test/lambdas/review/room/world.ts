/** A review room in memory: real decisions, real pages, stores that keep their promises, and a clock that only a test moves. */
import { readFileSync } from 'node:fs';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { openMemoryCampaignStore } from '#adapters/memory/campaign-store';
import { openMemoryEventPublisher } from '#adapters/memory/event-publisher';
import { openMemoryLedgerStore } from '#adapters/memory/ledger-store';
import { openMemoryMediaLinks } from '#adapters/memory/media-links';
import { openMemoryReviewStore } from '#adapters/memory/review-store';
import { openMemoryRuleStore } from '#adapters/memory/rule-store';
import { openMemoryTaskTokens } from '#adapters/memory/task-tokens';
import { AcceptedBrief } from '#contracts/job';
import { keys } from '#contracts/keys';
import { PlanDocument } from '#contracts/plan';
import { type ReviewItem, ReviewRequest, type ReviewSubject } from '#contracts/review';
import type { SafetyCategory } from '#contracts/verdict';
import { requestDecision } from '#domain/review/ask';
import { screenByPolicies } from '#domain/review/screen-words';
import type { RoomNeighbours } from '#lambdas/review/api-room';
import { readersOf } from '../../../domain/safety/brief/readers.ts';

const read = (file: string): string => readFileSync(new URL(`../../../../contracts/examples/${file}`, import.meta.url), 'utf8');
const EXAMPLES = {
  accepted: read('accepted-brief/coffee-spring.json'),
  plan: read('plan-document/one-shot.json'),
  request: read('review-request/preview.json'),
};
const EXAMPLE = { tenant: 'acme', jobId: 'acme_5f0c3f1e9a7d4b2c8e6f0a1b' };
const BUCKET = 'framewright-artifacts';
/** When a room opens: shortly after the example's brief was accepted. */
export const OPENING = Date.parse('2026-11-24T08:31:00.000Z');

/** `<tenant>_<24 hex digits of n>`: as many jobs as a test likes, told apart at a glance. */
export const jobOf = (tenant: string, n: number): string => `${tenant}_${n.toString(16).padStart(24, '0')}`;

export interface Asking {
  readonly tenant?: string;
  readonly subject?: ReviewSubject;
  /** Seconds until its deadline; a day when left out. */
  readonly timeoutSeconds?: number;
  /** Doubts of the clip's check; a clip without doubts is of an ordinary template, so a person is asked all the same. */
  readonly doubts?: readonly SafetyCategory[];
}

export interface World {
  readonly neighbours: RoomNeighbours & { readonly artifacts: ReturnType<typeof openMemoryArtifactStore> };
  readonly tokens: ReturnType<typeof openMemoryTaskTokens>;
  readonly publisher: ReturnType<typeof openMemoryEventPublisher>;
  readonly ledger: ReturnType<typeof openMemoryLedgerStore>;
  /** Lets time go by. */
  pass(seconds: number): void;
  /** Asks about job `n` of a tenant as the pipeline does, with everything a page needs beside it; about a millisecond. */
  ask(n: number, asking?: Asking): Promise<ReviewItem>;
}

/** `media`: where links lead; `now`: a running clock instead of one that stands. */
export function openWorld({ media, now }: { readonly media?: string; readonly now?: () => Date } = {}): World {
  let clock = OPENING;
  const tokens = openMemoryTaskTokens();
  const publisher = openMemoryEventPublisher();
  const ledger = openMemoryLedgerStore();
  const artifacts = openMemoryArtifactStore(BUCKET);
  const neighbours = {
    reviews: openMemoryReviewStore(),
    rules: openMemoryRuleStore(),
    campaigns: openMemoryCampaignStore(),
    links: openMemoryMediaLinks(media),
    now: now ?? (() => new Date(clock)),
    ...{ tokens, publisher, ledger, artifacts, screenWords: screenByPolicies({ tenants: async () => [], readers: readersOf }) },
  };
  return {
    ...{ neighbours, tokens, publisher, ledger },
    pass: (seconds) => {
      clock += seconds * 1000;
    },
    async ask(n, { tenant = 'acme', subject = 'preview', timeoutSeconds = 24 * 3600, doubts = [] } = {}) {
      const jobId = jobOf(tenant, n);
      const forJob = (text: string): unknown =>
        JSON.parse(
          text
            .replaceAll(EXAMPLE.jobId, jobId)
            .replaceAll(`"${EXAMPLE.tenant}"`, `"${tenant}"`)
            .replaceAll('tenants/acme/', `tenants/${tenant}/`),
        );
      const accepted = AcceptedBrief.parse(forJob(EXAMPLES.accepted));
      const plan = PlanDocument.parse(forJob(EXAMPLES.plan));
      const put = (key: string, value: unknown) => artifacts.put(key, new TextEncoder().encode(JSON.stringify(value)));
      const request = ReviewRequest.parse(forJob(EXAMPLES.request));
      const taskToken = `token of ${jobId} ${subject}`;
      const document = await put(keys.plan({ tenant, jobId, tier: 'preview' }), plan);
      const preview = request.message.preview!;
      const reasons = doubts.map((category) => ({ category, score: 0.5, evidence: `frame 12 looks like ${category}`, voter: 'test@1' }));
      const render = {
        ...preview,
        plan: { ...preview.plan, document },
        clipVerdict: { ...preview.clipVerdict, ...(reasons.length > 0 && { verdict: 'review' as const, reasons }) },
      };
      const job = {
        ...request.message.job,
        acceptedAt: new Date(OPENING - 60_000).toISOString(),
        brief: await put(keys.brief(tenant, jobId), accepted),
      };
      tokens.wait(taskToken);
      return requestDecision(
        {
          subject,
          taskToken,
          timeoutSeconds,
          message: {
            ...request.message,
            job,
            ...(subject !== 'brief' && { preview: render }),
            ...(subject === 'final' && { final: render }),
          },
        },
        accepted.brief,
        neighbours,
      );
    },
  };
}
