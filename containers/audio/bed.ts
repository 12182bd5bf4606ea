import { open } from 'node:fs/promises';
import { type ComponentRef, refText } from '#contracts/component';
import type { PlanDocument } from '#contracts/plan';
import { contractViolated } from '#domain/errors';
import { masterGain } from '#domain/post/music/mastering';
import { scoreOf } from '#domain/post/music/score';
import audio from './component.json' with { type: 'json' };
import { type Loudness, loudnessMeter } from './loudness.ts';
import { type Block, SAMPLE_RATE, synthesize } from './synth.ts';

/** The sound bed of a clip: raw samples (16 bit, two channels, interleaved), and the gain that brings them to their loudness. */
export interface Bed {
  readonly file: string;
  readonly gainDb: number;
}

/** Input options of ffmpeg for a bed's file. */
export const BED_FORMAT = ['-f', 's16le', '-ar', String(SAMPLE_RATE), '-ch_layout', 'stereo'] as const;

type Scored = Pick<PlanDocument, 'template' | 'shots' | 'fps' | 'frames' | 'companions'>;

/** Plays a plan's music into a file. The same plan gives the same bytes. Throws `Contract.Violated` for a plan of another version. */
export async function writeBed(plan: Scored, file: string): Promise<Bed & { readonly measured: Loudness }> {
  refuseOtherVersion(plan.companions);
  const meter = loudnessMeter();
  const target = await open(file, 'w');
  try {
    for (const block of synthesize(scoreOf(plan), plan.frames / plan.fps)) {
      meter.take(block);
      await target.write(pcm(block));
    }
  } finally {
    await target.close();
  }
  const measured = meter.read();
  return { file, gainDb: masterGain(measured), measured };
}

/** A plan says which music it was made for; another version would be other music under the same name. */
function refuseOtherVersion(companions: readonly ComponentRef[]): void {
  const planned = companions.find(({ id }) => id === audio.id);
  if (planned && planned.version !== audio.version)
    throw contractViolated('plan.companions', `expected ${refText(audio)}, which is in this worker, found ${refText(planned)}`);
}

function pcm({ left, right }: Block): Int16Array {
  const samples = new Int16Array(2 * left.length);
  for (let i = 0; i < left.length; i++) {
    samples[2 * i] = sixteenBit(left[i]!);
    samples[2 * i + 1] = sixteenBit(right[i]!);
  }
  return samples;
}

const sixteenBit = (value: number): number => Math.max(-32_768, Math.min(32_767, Math.round(value * 32_767)));
