import { DetectModerationLabelsCommand, RecognizeCelebritiesCommand, type RekognitionClient } from '@aws-sdk/client-rekognition';
import type { SafetyCategory } from '#contracts/verdict';
import type { PictureVoter, Raster } from '#domain/ports';

/** A picture as services take it: PNG or JPEG of a few megabytes. */
export type Encode = (picture: Raster) => Promise<Uint8Array>;

/**
 * Labels of the first level of taxonomy 7 and what they are to us; `share` weighs those that advertising is full of. Names:
 * https://docs.aws.amazon.com/rekognition/latest/dg/moderation-api.html, read 2026-11-27.
 */
export const MODERATION_LABELS: Readonly<Record<string, { readonly category: SafetyCategory; readonly share: number }>> = {
  Explicit: { category: 'sexual', share: 1 },
  'Non-Explicit Nudity of Intimate parts and Kissing': { category: 'sexual', share: 0.7 },
  'Swimwear or Underwear': { category: 'sexual', share: 0.25 }, // sells swimwear; alone it is below the line from which a person looks
  Violence: { category: 'violence', share: 1 },
  'Visually Disturbing': { category: 'violence', share: 0.8 },
  'Drugs & Tobacco': { category: 'dangerous-goods', share: 1 },
  Alcohol: { category: 'dangerous-goods', share: 0.4 },
  'Rude Gestures': { category: 'hate', share: 0.6 },
  Gambling: { category: 'dangerous-goods', share: 0.6 },
  'Hate Symbols': { category: 'hate', share: 1 },
};
const MODERATED = ['sexual', 'violence', 'dangerous-goods', 'hate'] as const satisfies readonly SafetyCategory[];
/** The version of the taxonomy that the table above is for. */
const TAXONOMY = '7';

/** Percent; below it labels are not sent. Low, since the policy has its own thresholds. */
const LEAST_CONFIDENCE = 10;

export const moderationLabelsVoter = (client: RekognitionClient, encode: Encode): PictureVoter => ({
  id: `rekognition-labels@${TAXONOMY}`,
  sees: 'picture',
  categories: MODERATED,
  async look(picture) {
    const { ModerationLabels, ModerationModelVersion } = await client.send(
      new DetectModerationLabelsCommand({ Image: { Bytes: await encode(picture) }, MinConfidence: LEAST_CONFIDENCE }),
    );
    if (!ModerationLabels) throw new Error('expected moderation labels, found none: an empty list would be an answer');
    if (ModerationModelVersion?.split('.')[0] !== TAXONOMY)
      throw new Error(`expected labels of taxonomy ${TAXONOMY}, found ${ModerationModelVersion}`);
    const found = ModerationLabels.filter(({ ParentName }) => !ParentName).map(({ Name = '', Confidence = Number.NaN }) => {
      const label = MODERATION_LABELS[Name];
      if (!label) throw new Error(`expected a label of taxonomy ${TAXONOMY}, found "${Name}"`);
      return { ...label, evidence: `${Name} ${(Confidence / 100).toFixed(2)}`, score: (Confidence / 100) * label.share };
    });
    if (ModerationLabels.length > 0 && found.length === 0) throw new Error('expected a label of the first level, found only others');
    return MODERATED.map((category) => {
      const its = found.filter((label) => label.category === category);
      const [worst] = [...its].sort((one, other) => other.score - one.score);
      return { category, score: worst?.score ?? 0, evidence: its.map(({ evidence }) => evidence).join(', ') || `nothing ${category}` };
    });
  },
});

/** Names people whom the service knows. Its confidence says how alike the faces are, not that the person agreed. */
export const celebritiesVoter = (client: RekognitionClient, encode: Encode): PictureVoter => ({
  id: 'rekognition-celebrities@1',
  sees: 'picture',
  categories: ['public-figure'],
  async look(picture) {
    const { CelebrityFaces } = await client.send(new RecognizeCelebritiesCommand({ Image: { Bytes: await encode(picture) } }));
    if (!CelebrityFaces) throw new Error('expected a list of faces, found none: an empty list would be an answer');
    if (CelebrityFaces.length === 0) return [{ category: 'public-figure', score: 0, evidence: 'nobody that the service knows' }];
    return CelebrityFaces.map(({ Name = 'somebody', MatchConfidence = Number.NaN, Face }) => {
      const { Left, Top, Width, Height } = Face?.BoundingBox ?? {};
      const box = { x: inside(Left), y: inside(Top), width: inside(Width), height: inside(Height) };
      const known = [Left, Top, Width, Height].every((side) => side !== undefined);
      return {
        category: 'public-figure' as const,
        score: MatchConfidence / 100,
        evidence: `looks like ${Name}`.slice(0, 500),
        entity: Name.slice(0, 120),
        ...(known && { box }),
      };
    });
  },
});

/** A face may reach over the picture's edge; a box may not. */
const inside = (share = 0): number => Math.min(1, Math.max(0, share));
