import { openArtifactStore } from '#adapters/aws/artifact-store';
import { openCampaignStore } from '#adapters/aws/campaign-store';
import { openEventPublisher } from '#adapters/aws/event-publisher';
import { openReviewStore } from '#adapters/aws/review-store';
import { openRuleStore } from '#adapters/aws/rule-store';
import { openTaskTokens } from '#adapters/aws/task-tokens';
import { requireEnvironment } from '#contracts/environment';
import type { ReviewNeighbours } from '#domain/review/decide';

export type Environment = Parameters<typeof requireEnvironment>[0];

/** What a decision needs, for doors through which only rules answer: they write no words. */
export function openReview(environment: Environment): ReviewNeighbours {
  const { FRAMEWRIGHT_TABLE, FRAMEWRIGHT_BUS, FRAMEWRIGHT_ARTIFACTS_BUCKET } = requireEnvironment(environment, [
    'FRAMEWRIGHT_TABLE',
    'FRAMEWRIGHT_BUS',
    'FRAMEWRIGHT_ARTIFACTS_BUCKET',
  ]);
  return {
    reviews: openReviewStore({ table: FRAMEWRIGHT_TABLE }),
    rules: openRuleStore({ table: FRAMEWRIGHT_TABLE }),
    campaigns: openCampaignStore({ table: FRAMEWRIGHT_TABLE }),
    artifacts: openArtifactStore({ bucket: FRAMEWRIGHT_ARTIFACTS_BUCKET }),
    screenWords: async () => 'expected a door for people, found one where rules answer',
    tokens: openTaskTokens(),
    publisher: openEventPublisher({ busName: FRAMEWRIGHT_BUS }),
    now: () => new Date(),
  };
}
