import type { Tier } from '#contracts/stages';

export interface EncodeSettings {
  /** x264 preset: how hard it searches. */
  readonly preset: string;
  /** Constant rate factor: 18 is called visually lossless, 23 is x264's default, larger is smaller and coarser. */
  readonly crf: number;
  readonly audioKbps: number;
}

/**
 * A preview is looked at once to say yes or no; the final is what is paid for. On these smooth plates a slower preset than
 * veryfast costs 40 % more CPU and changes nothing that is seen: bits are bought with the rate factor instead.
 */
export const encodeSettings: Readonly<Record<Tier, EncodeSettings>> = {
  preview: { preset: 'superfast', crf: 24, audioKbps: 96 },
  final: { preset: 'veryfast', crf: 17, audioKbps: 160 },
};

/** Players seek to key frames; two seconds is what streaming packagers cut at. */
export const KEY_FRAME_SECONDS = 2;
/** x264 splits work by thread count and its bytes follow the split: a fixed count makes the same file on any machine. */
export const ENCODER_THREADS = 4;
