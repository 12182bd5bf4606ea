import type { BriefWords } from '#contracts/safety-brief';
import type { SafetyVerdict } from '#contracts/verdict';
import type { Channel, Raster } from '#domain/ports';
import { askReaders, type Panel, Viewing } from '../panel.ts';
import type { Whose } from '../policy/consent.ts';
import type { EffectivePolicy } from '../policy/effective.ts';
import { type Gap, judge } from '../router.ts';

/** One picture of a brief; `open` decodes it when its turn comes, so that memory holds one. */
export interface BriefPicture {
  /** `product.photo`, `reference at 3 s`. */
  readonly name: string;
  /** RGB. */
  readonly open: () => Promise<Raster>;
  /** Whether what is written in it is read too. */
  readonly read: boolean;
  /** Hash of its file, when the clip will show it. */
  readonly shown?: string;
}

export interface BriefMaterial {
  readonly channels: readonly Channel[];
  readonly pictures: readonly BriefPicture[];
  /** What should be here and could not be taken apart. */
  readonly gaps: readonly Gap[];
}

export interface JudgedMaterial {
  readonly verdict: SafetyVerdict;
  /** What was read in the pictures that the clip will show. */
  readonly words: BriefWords['pictures'];
}

/** Judges everything that a brief brings, words and pictures, before a second of rendering is paid for. */
export async function screenMaterial(
  { channels, pictures, gaps }: BriefMaterial,
  panel: Panel,
  policy: EffectivePolicy,
  whose: Whose,
): Promise<JudgedMaterial> {
  const viewing = new Viewing(panel, policy);
  const closed: Gap[] = [];
  const written: Channel[] = [];
  const words: BriefWords['pictures'] = [];
  for (const { name, open, read, shown } of pictures) {
    try {
      const picture = await open();
      await viewing.show(picture, { picture: name });
      const found = read ? await viewing.read(picture, { picture: name }) : undefined;
      if (!found) continue;
      const lines = found.map(({ text }) => text);
      // Lines that stand together are read together.
      if (lines.length > 0) written.push({ name: `${name} (text in picture)`, text: lines.join('\n') });
      if (shown !== undefined) words.push({ name, file: shown, lines });
    } catch (error) {
      closed.push({ who: name, why: `the picture could not be opened: ${error instanceof Error ? error.message : String(error)}` });
    }
  }
  const testimonies = [...(await askReaders(panel, [...channels, ...written], policy)), ...viewing.testimonies()];
  const { briefText, briefPictures } = policy.expected;
  const expected = [...briefText, ...briefPictures];
  return { verdict: judge({ testimonies, expected, gaps: [...gaps, ...closed], whose }, policy), words };
}
