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
}

export interface BriefMaterial {
  readonly channels: readonly Channel[];
  readonly pictures: readonly BriefPicture[];
  /** What should be here and could not be taken apart. */
  readonly gaps: readonly Gap[];
}

/** Judges everything that a brief brings, words and pictures, before a second of rendering is paid for. */
export async function screenMaterial(
  { channels, pictures, gaps }: BriefMaterial,
  panel: Panel,
  policy: EffectivePolicy,
  whose: Whose,
): Promise<SafetyVerdict> {
  const viewing = new Viewing(panel, policy);
  const closed: Gap[] = [];
  const written: Channel[] = [];
  for (const { name, open, read } of pictures) {
    try {
      const picture = await open();
      await viewing.show(picture, { picture: name });
      if (read) written.push(...writtenIn(name, await viewing.read(picture, { picture: name })));
    } catch (error) {
      closed.push({ who: name, why: `the picture could not be opened: ${error instanceof Error ? error.message : String(error)}` });
    }
  }
  const testimonies = [...(await askReaders(panel, [...channels, ...written], policy)), ...viewing.testimonies()];
  const { briefText, briefPictures } = policy.expected;
  return judge({ testimonies, expected: [...briefText, ...briefPictures], gaps: [...gaps, ...closed], whose }, policy);
}

/** One channel a picture: lines that stand together are read together. */
export const writtenIn = (picture: string, lines: readonly { readonly text: string }[]): Channel[] =>
  lines.length === 0 ? [] : [{ name: `${picture} (text in picture)`, text: lines.map(({ text }) => text).join('\n') }];
