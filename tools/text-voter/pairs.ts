/** A walk through all pairs that visits far-away ones in turn; the same every time. */
const STRIDE = 7_919;

export function pairs<Joined>(
  left: readonly string[],
  right: readonly string[],
  most: number,
  join: (one: string, other: string) => Joined,
): Joined[] {
  const all = left.length * right.length;
  return Array.from({ length: Math.min(all, most) }, (_, index) => {
    const at = (index * STRIDE) % all;
    return join(left[at % left.length] ?? '', right[Math.floor(at / left.length)] ?? '');
  });
}
