/**
 * What models leave behind: every window comes out a little brighter, flatter or more coloured than its neighbour. Faults are drawn from the
 * window's number, the same every time: up to 8 steps of luma, 5 of each colour plane, 5 % of contrast.
 */
export function withFaults(frame: Uint8Array, window: number, { width, height }: { width: number; height: number }): Uint8Array {
  const [y, u, v, contrast] = [8 * fault(window, 1), 5 * fault(window, 2), 5 * fault(window, 3), 1 + 0.05 * fault(window, 4)];
  const luma = width * height;
  const faulty = new Uint8Array(frame.length);
  const write = (from: number, to: number, change: (value: number) => number): void => {
    const table = Uint8ClampedArray.from({ length: 256 }, (_, value) => change(value));
    for (let at = from; at < to; at++) faulty[at] = table[frame[at] ?? 0] ?? 0;
  };
  write(0, luma, (value) => 110 + (value - 110) * contrast + y);
  write(luma, luma * 1.25, (value) => value + u);
  write(luma * 1.25, frame.length, (value) => value + v);
  return faulty;
}

/** -1 to 1, spread evenly over windows: steps of the golden ratio and its powers never fall into a pattern. */
const fault = (window: number, kind: number): number => 2 * ((window * 0.6180339887 * kind + kind * 0.37) % 1) - 1;
