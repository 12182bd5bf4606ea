/** Loudness of the finished bed in LUFS: a few steps below the -14 of social platforms, so a voice could be laid over it. */
export const BED_LUFS = -20;
/** The encoder may overshoot a sample peak by half a decibel or so; -1 dBTP is where platforms begin to distort. */
const PEAK_DB = -3;

/** Gain in decibels that brings a bed to its loudness, or as near as its peaks allow. A bed that nobody hears is left alone. */
export function masterGain(measured: { readonly lufs: number; readonly peakDb: number }): number {
  if (!Number.isFinite(measured.lufs)) return 0;
  return Math.min(BED_LUFS - measured.lufs, PEAK_DB - measured.peakDb);
}

/** Seconds of fade at both ends; a clip shorter than four of them fades over a quarter of itself. */
const FADE_SECONDS = 1;
export const fadeSeconds = (clipSeconds: number): number => Math.min(FADE_SECONDS, clipSeconds / 4);
