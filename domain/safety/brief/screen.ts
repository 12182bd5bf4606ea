import type { SafetyVerdict } from '#contracts/verdict';
import type { Channel } from '#domain/ports';
import type { Whose } from '../policy/consent.ts';
import { type EffectivePolicy, effectivePolicy } from '../policy/effective.ts';
import { judge } from '../router.ts';
import { answerOf, type Testimony } from '../testimony.ts';
import type { BriefPolicy } from './policy.ts';
import { rulesVoter, rulesVotes } from './rules-voter.ts';

/**
 * Words alone, at once and without anybody else: new words for a shot that a reviewer wrote, a caption while it is typed. The verdict is
 * that of the lexicon under the tenant's policy; the doors ask more voters.
 */
export function screenWords(channels: readonly Channel[], policy: EffectivePolicy, whose: Whose): SafetyVerdict {
  const voter = rulesVoter(policy.lexicon);
  return judge({ testimonies: [heard(voter, channels, policy.lexicon)], expected: ['rules'], gaps: [], whose }, policy);
}

/** What the lexicon says of these texts under the policy of the release, without any consent. */
export const screenBrief = (channels: readonly Channel[], lexicon: BriefPolicy): SafetyVerdict =>
  screenWords(channels, effectivePolicy({ lexicon }), NOBODY);

/** No campaign and no moment: consents are for jobs. */
const NOBODY: Whose = { campaign: '', now: '' };

function heard(voter: Testimony['voter'], channels: readonly Channel[], lexicon: BriefPolicy): Testimony {
  try {
    return { voter, looks: [{ answer: answerOf(voter, rulesVotes(lexicon, channels)), judged: channels.length }] };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { voter, looks: [{ answer: { status: 'failed', why }, judged: 0 }] };
  }
}
