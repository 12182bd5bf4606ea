import type { SafetyVerdict, SafetyVote } from '#contracts/verdict';
import type { Channel } from '#domain/ports';
import type { Whose } from '../policy/consent.ts';
import { type EffectivePolicy, effectivePolicy } from '../policy/effective.ts';
import { judge } from '../router.ts';
import { answerOf, type Testimony } from '../testimony.ts';
import { learnedVoter, learnedVotes } from './learned/voter.ts';
import type { BriefPolicy } from './policy.ts';
import { rulesVoter, rulesVotes } from './rules-voter.ts';

/**
 * Words alone, at once and without anybody else: new words for a shot that a reviewer wrote, a caption while it is typed. The verdict is
 * that of the lexicon and the learned voter under the tenant's policy; the doors ask more voters.
 */
export function screenWords(channels: readonly Channel[], policy: EffectivePolicy, whose: Whose): SafetyVerdict {
  const { lexicon } = policy;
  const testimonies = [
    heard(rulesVoter(lexicon), channels, () => rulesVotes(lexicon, channels)),
    heard(learnedVoter(lexicon), channels, () => learnedVotes(lexicon, channels)),
  ];
  return judge({ testimonies, expected: ['rules', 'learned-text'], gaps: [], whose }, policy);
}

/** What the lexicon says of these texts under the policy of the release, without any consent. */
export const screenBrief = (channels: readonly Channel[], lexicon: BriefPolicy): SafetyVerdict =>
  screenWords(channels, effectivePolicy({ lexicon }), NOBODY);

/** No campaign and no moment: consents are for jobs. */
const NOBODY: Whose = { campaign: '', now: '' };

function heard(voter: Testimony['voter'], channels: readonly Channel[], read: () => readonly SafetyVote[]): Testimony {
  try {
    return { voter, looks: [{ answer: answerOf(voter, read()), judged: channels.length }] };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { voter, looks: [{ answer: { status: 'failed', why }, judged: 0 }] };
  }
}
