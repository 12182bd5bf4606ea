import { openLedgerStore } from '#adapters/aws/ledger-store';
import { openMediaLinks } from '#adapters/aws/media-links';
import { requireEnvironment } from '#contracts/environment';
import { openRoom, type RoomNeighbours } from './api-room.ts';
import { openAnswers } from './open-answers.ts';

const fromEnvironment = (): RoomNeighbours => ({
  ...openAnswers(process.env),
  ledger: openLedgerStore({ table: requireEnvironment(process.env, ['FRAMEWRIGHT_TABLE']).FRAMEWRIGHT_TABLE }),
  links: openMediaLinks(),
});

/** The review room for people: the console and other programs, through the HTTP API. */
export const handler = openRoom(fromEnvironment);
