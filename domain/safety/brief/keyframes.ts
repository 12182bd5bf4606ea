const [MARKER, START, END] = [0xff, 0xd8, 0xd9];

/**
 * Cuts a Motion-JPEG file, as prep writes it, into its pictures. Inside a picture's data the byte after 0xff is never 0xd9, so the end is
 * unmistakable. Throws when bytes are left over: half a picture is one that nobody looked at.
 */
export function jpegsOf(motion: Uint8Array): Uint8Array[] {
  const pictures: Uint8Array[] = [];
  for (let at = 0; at < motion.length; ) {
    if (motion[at] !== MARKER || motion[at + 1] !== START)
      throw new RangeError(`expected a JPEG at byte ${at} of ${motion.length}, found ${motion[at]} ${motion[at + 1]}`);
    let end = at + 2;
    while (end < motion.length && !(motion[end] === MARKER && motion[end + 1] === END)) end++;
    if (end >= motion.length) throw new RangeError(`expected the JPEG at byte ${at} to end, found the end of the file`);
    pictures.push(motion.subarray(at, end + 2));
    at = end + 2;
  }
  return pictures;
}

/** At most `most` of them, evenly spread, first and last included; with their indices. */
export function spread<T>(all: readonly T[], most: number): { readonly index: number; readonly value: T }[] {
  const indexed = all.map((value, index) => ({ index, value }));
  if (all.length <= most) return indexed;
  const chosen = new Set(Array.from({ length: most }, (_, step) => Math.round((step * (all.length - 1)) / (most - 1))));
  return indexed.filter(({ index }) => chosen.has(index));
}
