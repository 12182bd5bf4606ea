import { type ComprehendClient, DetectToxicContentCommand } from '@aws-sdk/client-comprehend';
import type { SafetyCategory, SafetyVote } from '#contracts/verdict';
import type { Channel, TextVoter } from '#domain/ports';

/**
 * Kinds of toxic content and what they are to us; `share` weighs rudeness, which is bad style and seldom harm. Names:
 * https://docs.aws.amazon.com/comprehend/latest/APIReference/API_ToxicContent.html, read 2026-11-27.
 */
export const TOXIC_CONTENT: Readonly<Record<string, { readonly category: SafetyCategory; readonly share: number }>> = {
  SEXUAL: { category: 'sexual', share: 1 },
  VIOLENCE_OR_THREAT: { category: 'violence', share: 1 },
  GRAPHIC: { category: 'violence', share: 0.8 },
  HATE_SPEECH: { category: 'hate', share: 1 },
  HARASSMENT_OR_ABUSE: { category: 'hate', share: 0.9 },
  INSULT: { category: 'hate', share: 0.6 },
  PROFANITY: { category: 'hate', share: 0.6 },
};
/** Every text gets a score for every kind; below this it is noise, and a reader speaks only of what it found. */
const NOISE = 0.2;

/** The service's limits: ten segments a call, a kilobyte each. */
const SEGMENTS = 10;
const SEGMENT_BYTES = 1_000;

/** Amazon Comprehend on English words; it has no other language. */
export const toxicityVoter = (client: ComprehendClient): TextVoter => ({
  id: 'comprehend-toxicity@1',
  sees: 'text',
  categories: ['sexual', 'violence', 'hate'],
  async read(channels) {
    const segments = channels.flatMap(segmentsOf);
    const votes: SafetyVote[] = [];
    for (let at = 0; at < segments.length; at += SEGMENTS) {
      const asked = segments.slice(at, at + SEGMENTS);
      const { ResultList } = await client.send(
        new DetectToxicContentCommand({ LanguageCode: 'en', TextSegments: asked.map(({ text }) => ({ Text: text })) }),
      );
      if (ResultList?.length !== asked.length) throw new Error(`expected ${asked.length} results, found ${ResultList?.length ?? 'none'}`);
      for (const [index, { Labels }] of ResultList.entries()) {
        if (!Labels || Labels.length === 0) throw new Error('expected labels for a segment, found none: low scores would be an answer');
        for (const { Name = '', Score = Number.NaN } of Labels) {
          const kind = TOXIC_CONTENT[Name];
          if (!kind) throw new Error(`expected a kind of toxic content that we know, found "${Name}"`);
          if (!(Score >= 0 && Score <= 1)) throw new Error(`expected a score of 0 to 1 for ${Name}, found ${Score}`);
          if (Score * kind.share < NOISE) continue;
          votes.push({
            category: kind.category,
            score: Score * kind.share,
            evidence: `${asked[index]?.name}: toxic content ${Name} ${Score.toFixed(2)}`.slice(0, 500),
          });
        }
      }
    }
    return votes;
  },
});

/** Cut between characters, so that each piece stays below the limit in bytes. */
function segmentsOf({ name, text }: Channel): Channel[] {
  const pieces: string[] = [''];
  for (const letter of text) {
    const last = pieces.at(-1) ?? '';
    if (Buffer.byteLength(last) + Buffer.byteLength(letter) > SEGMENT_BYTES) pieces.push(letter);
    else pieces[pieces.length - 1] = last + letter;
  }
  return pieces.filter((piece) => piece.trim() !== '').map((piece) => ({ name, text: piece }));
}
