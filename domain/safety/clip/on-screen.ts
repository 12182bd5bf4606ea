import type { Box, SafetyVote } from '#contracts/verdict';
import type { Channel, WrittenLine } from '#domain/ports';
import { type SampledClip, spanOfSamples } from './samples.ts';

interface Shown {
  readonly text: string;
  readonly box: Box;
  readonly first: number;
  last: number;
}

/** What is written on the screen of a clip, each text once, with when and where it stands. */
export class OnScreen {
  readonly #shown: Shown[] = [];

  /** Lines of one frame that was read, counted from 0, that nobody has answered for yet. */
  add(sample: number, lines: readonly WrittenLine[]): void {
    if (lines.length === 0) return;
    const text = lines.map((line) => line.text).join('\n');
    const standing = this.#shown.find((shown) => shown.text === text);
    if (standing) standing.last = sample;
    else this.#shown.push({ text, box: around(lines.map(({ box }) => box)), first: sample, last: sample });
  }

  channels(clip: SampledClip): Channel[] {
    return this.#shown.map((shown, index) => ({ name: nameOf(shown, index, clip), text: shown.text }));
  }

  /** Gives a reader's vote the time and the place of the text that it speaks of: its evidence begins with the channel's name. */
  placed(vote: SafetyVote, clip: SampledClip): SafetyVote {
    const at = this.#shown.findIndex((shown, index) => vote.evidence.startsWith(nameOf(shown, index, clip)));
    const shown = this.#shown[at];
    return shown ? { ...vote, span: spanOfSamples(clip, shown.first, shown.last), box: shown.box } : vote;
  }
}

const nameOf = ({ first }: Shown, index: number, { sampled, fps }: SampledClip): string =>
  `text on screen #${index + 1} at ${((sampled[first] ?? 0) / fps).toFixed(2)} s`;

function around(boxes: readonly Box[]): Box {
  const [only] = boxes;
  if (only && boxes.length === 1) return only;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: Math.min(1, right - x), height: Math.min(1, bottom - y) };
}
