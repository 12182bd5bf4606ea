import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { REVIEW_ROUTES } from '#contracts/review-api';
import { MESSAGE_CONTRACTS } from '#tools/docs/message-contracts';

const page = readFileSync(new URL('../../../docs/reference/review-api.md', import.meta.url), 'utf8');

it('has a line for every route of the review API and for no other', () => {
  const routes = [...page.matchAll(/^\| `((?:GET|POST) [^`]+)` \|/gm)].map(([, route]) => route);
  expect(routes.sort()).toEqual(Object.values(REVIEW_ROUTES).sort());
});

it('names only contracts that have a schema', () => {
  const named = [...page.matchAll(/\(schemas\/([a-z-]+)\.json\)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !Object.hasOwn(MESSAGE_CONTRACTS, name))).toEqual([]);
});
