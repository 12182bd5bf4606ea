import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Ends what this service started, also when the service itself is killed with SIGKILL and cannot: a shell of about one megabyte
 * that hears which process groups live, and kills them all when its standard input closes.
 */
const SCRIPT = `
trap '' INT TERM HUP
groups=''
while read -r verb group; do
  if [ "$verb" = add ]; then groups="$groups $group"; continue; fi
  kept=''
  for each in $groups; do [ "$each" = "$group" ] || kept="$kept $each"; done
  groups="$kept"
done
for each in $groups; do kill -9 "-$each" 2>/dev/null; done
`;

export class Reaper {
  readonly #shell: ChildProcess;

  constructor() {
    // Its own session: a Ctrl-C in the terminal must not end it before it did its work.
    this.#shell = spawn('/bin/sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    this.#shell.stdin?.on('error', () => {});
  }

  watch(group: number): void {
    this.#shell.stdin?.write(`add ${group}\n`);
  }

  release(group: number): void {
    this.#shell.stdin?.write(`remove ${group}\n`);
  }

  /** Kills every group that is still watched. */
  close(): void {
    this.#shell.stdin?.end();
  }
}
