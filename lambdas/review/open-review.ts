import { openArtifactStore } from '#adapters/aws/artifact-store';
import { openCampaignStore } from '#adapters/aws/campaign-store';
import { openEventPublisher } from '#adapters/aws/event-publisher';
import { openReviewStore } from '#adapters/aws/review-store';
import { openRuleStore } from '#adapters/aws/rule-store';
import { openTaskTokens } from '#adapters/aws/task-tokens';
import { requireEnvironment } from '#contracts/environment';
import type { ReviewNeighbours } from '#domain/review/decide';
import { screenWords } from '#domain/review/screen-words';

/** What a decision needs, for every door that takes one. */
export function openReview(environment: Parameters<typeof requireEnvironment>[0]): ReviewNeighbours {
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
    screenWords,
    tokens: openTaskTokens(),
    publisher: openEventPublisher({ busName: FRAMEWRIGHT_BUS }),
    now: () => new Date(),
  };
}
