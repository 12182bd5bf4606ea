import type { Consent } from '#contracts/safety-policy';
import type { SafetyVote } from '#contracts/verdict';

/** Whose material is looked at, and when. */
export interface Whose {
  readonly campaign: string;
  /** The moment of judging, ISO 8601. */
  readonly now: string;
}
export type Medium = 'words' | 'pictures';

/** What consents say about a vote: `given`: it is no reason; otherwise why none of them helps, or nothing at all. */
export type ConsentAnswer = { readonly given: Consent } | { readonly missing?: string };

/**
 * Whether somebody agreed to be named or shown. A consent speaks of one entity: a vote that does not say whom it means finds none, and what
 * an allowed person is shown doing is judged like everything else.
 */
export function consentFor(vote: SafetyVote, medium: Medium, consents: readonly Consent[], { campaign, now }: Whose): ConsentAnswer {
  const { entity, category } = vote;
  if (entity === undefined) return {};
  const about = consents.filter((consent) => consent.category === category && consent.names.some((name) => sameName(name, entity)));
  const fitting = about.filter(({ campaigns, covers }) => covers.includes(medium) && (!campaigns || campaigns.includes(campaign)));
  const [moment] = [Date.parse(now)];
  const given = fitting.find(({ from, until }) => Date.parse(from) <= moment && moment < Date.parse(until));
  if (given) return { given };
  const [late] = fitting.filter(({ until }) => Date.parse(until) <= moment);
  if (late) return { missing: `the consent ${late.evidence} ended at ${late.until}` };
  const [early] = fitting;
  if (early) return { missing: `the consent ${early.evidence} begins at ${early.from}` };
  const [other] = about;
  return other ? { missing: `the consent ${other.evidence} does not cover this campaign or ${medium}` } : {};
}

const sameName = (one: string, other: string): boolean => plain(one) === plain(other);
/** Letters and digits only, small: services and lexicons write names differently. */
const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
