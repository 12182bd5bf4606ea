import type { Scale } from '#contracts/safety-policy';

/** What a raw score means on the policy's scale, 0..1: straight lines between the points that were measured. */
export function calibrated(raw: number, scale: Scale | undefined): number {
  if (!scale) return raw;
  const above = scale.findIndex((point) => point.raw >= raw);
  const [high, low] = [scale[above], scale[above - 1]];
  if (!high) return scale.at(-1)?.means ?? raw;
  if (!low || high.raw === raw) return high.means;
  return low.means + ((high.means - low.means) * (raw - low.raw)) / (high.raw - low.raw);
}
