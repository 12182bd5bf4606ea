/** Two-sided 95 %. */
const Z = 1.96;

/** Wilson's interval for a share: honest for few audits and for none that missed, where the plain one says "exactly 0". */
export function interval(hits: number, of: number): [low: number, high: number] {
  const share = hits / of;
  const spread = Z ** 2 / of;
  const middle = (share + spread / 2) / (1 + spread);
  const half = (Z / (1 + spread)) * Math.sqrt((share * (1 - share)) / of + spread / (4 * of));
  return [hits === 0 ? 0 : Math.max(0, middle - half), hits === of ? 1 : Math.min(1, middle + half)];
}
