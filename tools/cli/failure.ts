/** Exit codes of the command line: 0 is success. */
export const EXIT = {
  /** What was asked for could not be done. */
  failed: 1,
  /** What was asked for was not understood. */
  usage: 2,
  /** Ended by Ctrl-C: 128 + SIGINT, as shells expect. */
  interrupted: 130,
} as const;

/** A failure that a person can act on: what was expected and found, and what to do. */
export class Failure extends Error {
  readonly hint: string | undefined;
  readonly exitCode: number;
  constructor(
    name: string,
    message: string,
    { hint, exitCode = EXIT.failed, cause }: { hint?: string; exitCode?: number; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.name = name;
    this.hint = hint;
    this.exitCode = exitCode;
  }
}
