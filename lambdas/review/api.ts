import { openArtifactStore } from '#adapters/aws/artifact-store';
import { openEventPublisher } from '#adapters/aws/event-publisher';
import { openLedgerStore } from '#adapters/aws/ledger-store';
import { openMediaLinks } from '#adapters/aws/media-links';
import { openReviewStore } from '#adapters/aws/review-store';
import { openRuleStore } from '#adapters/aws/rule-store';
import { openTaskTokens } from '#adapters/aws/task-tokens';
import { requireEnvironment } from '#contracts/environment';
import { screenWords } from '#domain/review/screen-words';
import { openRoom, type RoomNeighbours } from './api-room.ts';

const fromEnvironment = (): RoomNeighbours => {
  const { FRAMEWRIGHT_TABLE, FRAMEWRIGHT_BUS, FRAMEWRIGHT_ARTIFACTS_BUCKET } = requireEnvironment(process.env, [
    'FRAMEWRIGHT_TABLE',
    'FRAMEWRIGHT_BUS',
    'FRAMEWRIGHT_ARTIFACTS_BUCKET',
  ]);
  return {
    reviews: openReviewStore({ table: FRAMEWRIGHT_TABLE }),
    rules: openRuleStore({ table: FRAMEWRIGHT_TABLE }),
    ledger: openLedgerStore({ table: FRAMEWRIGHT_TABLE }),
    artifacts: openArtifactStore({ bucket: FRAMEWRIGHT_ARTIFACTS_BUCKET }),
    links: openMediaLinks(),
    screenWords,
    tokens: openTaskTokens(),
    publisher: openEventPublisher({ busName: FRAMEWRIGHT_BUS }),
    now: () => new Date(),
  };
};

/** The review room for people: the console and other programs, through the HTTP API. */
export const handler = openRoom(fromEnvironment);
