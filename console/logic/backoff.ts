/** Seconds between two looks at the queue: a question waits hours, and somebody else's claim should be seen before one's own click. */
export const POLL_SECONDS = 4;
/** Longest pause after errors: a server that is back is noticed within a minute. */
const LONGEST_SECONDS = 60;

/** Doubles with every failure in a row. */
export const nextPollSeconds = (failures: number): number => Math.min(LONGEST_SECONDS, POLL_SECONDS * 2 ** Math.min(failures, 10));
