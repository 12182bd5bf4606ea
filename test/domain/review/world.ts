import { readFileSync } from 'node:fs';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { openMemoryCampaignStore } from '#adapters/memory/campaign-store';
import { openMemoryEventPublisher } from '#adapters/memory/event-publisher';
import { openMemoryReviewStore } from '#adapters/memory/review-store';
import { openMemoryRuleStore } from '#adapters/memory/rule-store';
import { openMemoryTaskTokens } from '#adapters/memory/task-tokens';
import type { Brief } from '#contracts/brief';
import { AcceptedBrief } from '#contracts/job';
import { ReviewRequest } from '#contracts/review';
import type { ReviewNeighbours } from '#domain/review/decide';
import type { LookOfBrief } from '#domain/review/look';
import { screenByPolicies } from '#domain/review/screen-words';
import { readersOf } from '../safety/brief/readers.ts';

const example = (name: string): ReviewRequest =>
  ReviewRequest.parse(
    JSON.parse(readFileSync(new URL(`../../../contracts/examples/review-request/${name}.json`, import.meta.url), 'utf8')),
  );
/** A preview that every check allowed, with a sure mask. */
export const previewRequest: ReviewRequest = example('preview');
/** A brief that the rules doubted. */
export const briefRequest: ReviewRequest = example('brief');
export const { jobId } = previewRequest.message.job;

const accepted = AcceptedBrief.parse(
  JSON.parse(readFileSync(new URL('../../../contracts/examples/accepted-brief/coffee-spring.json', import.meta.url), 'utf8')),
);

/** What a question says about the brief behind it. */
export const of = (template: Brief['template']): LookOfBrief => ({
  ...accepted.brief,
  template,
  product: { name: 'Spring Roast', photo: 'assets/coffee.png' },
});

/** Review in memory, one waiting machine, and a clock that only a test moves. */
export function reviewWorld(request = previewRequest) {
  const reviews = openMemoryReviewStore();
  const tokens = openMemoryTaskTokens(request.taskToken);
  const publisher = openMemoryEventPublisher();
  let clock = Date.parse('2026-11-24T08:31:00.000Z');
  const rules = openMemoryRuleStore();
  const artifacts = openMemoryArtifactStore();
  const campaigns = openMemoryCampaignStore();
  const neighbours: ReviewNeighbours = {
    reviews,
    rules,
    campaigns,
    tokens,
    publisher,
    artifacts,
    screenWords: screenByPolicies({ tenants: async () => [], readers: readersOf }),
    now: () => new Date(clock),
  };
  return {
    ...{ reviews, rules, campaigns, tokens, publisher, artifacts, neighbours },
    pass: (seconds: number) => {
      clock += seconds * 1000;
    },
    answer: () => tokens.answers.get(request.taskToken),
    /** Copies of one event left out, as the ledger does. */
    told: () => [...new Map(publisher.published.map((event) => [event.idempotencyKey, event])).values()],
  };
}
