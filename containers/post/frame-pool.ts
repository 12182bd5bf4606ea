/** Buffers of one size, used again and again: a clip makes no garbage, and memory holds as many as were ever needed at once. */
export interface FramePool {
  take(): Uint8Array;
  give(frame: Uint8Array): void;
}

export function framePool(bytes: number): FramePool {
  const free: Uint8Array[] = [];
  return {
    take: () => free.pop() ?? new Uint8Array(bytes),
    give: (frame) => void free.push(frame),
  };
}
