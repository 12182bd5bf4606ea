import type { SafetyCategory, SafetyVote } from '#contracts/verdict';
import type { Channel, PictureVoter, Raster, TextVoter } from '#domain/ports';
import type { Patience } from '#domain/safety/ask';
import { type BriefMaterial, screenMaterial } from '#domain/safety/brief/screen-brief';
import type { Panel } from '#domain/safety/panel';
import type { Whose } from '#domain/safety/policy/consent';
import { type EffectivePolicy, effectivePolicy } from '#domain/safety/policy/effective';
import type { Testimony } from '#domain/safety/testimony';

export const whose: Whose = { campaign: 'spring', now: '2026-11-27T00:00:00.000Z' };
export const policy = effectivePolicy();
/** The policy of the release, but for what a test is about; nobody has to look unless it says so. */
export const policyWith = (change: Partial<EffectivePolicy>): EffectivePolicy => ({ ...policy, ...change });

export const vote = (category: SafetyCategory, score: number, more: Partial<SafetyVote> = {}): SafetyVote => ({
  category,
  score,
  evidence: `${category} ${score}`,
  ...more,
});
/** Waits as long as it takes. */
export const patient: Patience = (work) => work();
export const grey: Raster = { width: 4, height: 4, channels: 3, data: new Uint8Array(48).fill(128) };

/** A picture voter that says what its script says, picture after picture; the last line is said again. */
export function scriptedPictureVoter(id: string, ...script: readonly (readonly SafetyVote[])[]): PictureVoter {
  const categories = [...new Set(script.flat().map(({ category }) => category))];
  let at = 0;
  return { id, sees: 'picture', categories, look: async () => script[Math.min(at++, script.length - 1)] ?? [] };
}
export const scriptedTextVoter = (
  id: string,
  votes: readonly SafetyVote[],
  categories = votes.map(({ category }) => category),
): TextVoter => ({
  id,
  sees: 'text',
  categories,
  read: async () => votes,
});

/** What a voter said once, about words. */
export const said = (id: string, votes: readonly SafetyVote[], categories = votes.map(({ category }) => category)): Testimony => ({
  voter: { id, sees: 'text', categories },
  looks: [{ answer: { status: 'voted', votes }, judged: 1 }],
});
/** What a voter said about each frame of a clip, in order; one category. */
export const sawFrames = (id: string, category: SafetyCategory, scores: readonly number[]): Testimony => ({
  voter: { id, sees: 'picture', categories: [category] },
  looks: scores.map((score, sample) => ({ answer: { status: 'voted', votes: [vote(category, score)] }, judged: 1, sample })),
});

export const panel = (change: Partial<Panel>): Panel => ({ text: [], pictures: [], patience: patient, ...change });
export const noMaterial: BriefMaterial = { channels: [], pictures: [], gaps: [] };
/** Words judged by these voters and nobody else. */
export const wordsBy = async (text: readonly TextVoter[], channels: readonly Channel[]) => {
  const { verdict } = await screenMaterial(
    { ...noMaterial, channels },
    panel({ text }),
    policyWith({ expected: { briefText: ['rules'], briefPictures: [], clip: [] } }),
    whose,
  );
  return verdict;
};
