import { createHash } from 'node:crypto';
import type { Brief } from '#contracts/brief';
import type { PipelineMessage } from '#contracts/review';

/** What is read of a brief to tell its look. */
export type LookOfBrief = Pick<Brief, 'template' | 'product' | 'storyboard' | 'brand' | 'outputs'>;

/** A longer name is a sentence, and a sentence is a scene: it is read as it stands. The longest of our examples has 21 characters. */
const LONGEST_NAME = 40;
/** Stands where the product's name stood; no brief may hold this character (contracts/brief.ts). */
const NAME = '\u0000';

/**
 * What clips of one campaign have in common while their products differ: template, storyboard, brand, sizes, and the components that render
 * them, so that a new version of a model is another look. Pictures count by what is in them, not by their names: the logo, and what was
 * taken from a reference. The product's photo does not count, nor does its name where it stands as whole words. `undefined` when nothing
 * is rendered yet, or a person changed it: what was sent back has words of its own.
 */
export function lookOf(
  brief: LookOfBrief,
  { prep, preview, rework }: Pick<PipelineMessage, 'prep' | 'preview' | 'rework'>,
): string | undefined {
  if (!preview || rework) return undefined;
  const { component, companions } = preview.plan;
  const look = {
    template: brief.template,
    shots: brief.storyboard.map(({ seconds, description, camera, caption }) => [
      ...[seconds, camera, withoutName(description, brief.product.name)],
      caption === undefined ? null : withoutName(caption, brief.product.name),
    ]),
    palette: brief.brand.palette,
    font: brief.brand.font,
    logo: prep.logo?.ref.sha256 ?? null,
    reference: [prep.reference?.keyframes.sha256 ?? null, prep.sound?.sha256 ?? null],
    outputs: brief.outputs.map(({ width, height, fps }) => [width, height, fps]),
    components: [component, ...companions].map(({ id, version }) => [id, version]),
  };
  return createHash('sha256').update(JSON.stringify(look)).digest('hex');
}

/** Words with the product's name taken out, wherever it is not part of a longer word. */
function withoutName(words: string, name: string): string {
  if (name.length > LONGEST_NAME) return words;
  const literal = name.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  return words.replace(new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'gu'), NAME);
}
