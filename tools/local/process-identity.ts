import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process id alone is not enough: after a restart of the machine it may belong to somebody else. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When the process started, in the words of the system it runs on. */
  readonly started: string;
}

export const identityOf = (pid: number): ProcessIdentity => ({ pid, started: startOf(pid) ?? '' });

export const isSameProcess = ({ pid, started }: ProcessIdentity): boolean => started !== '' && startOf(pid) === started;

function startOf(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux') {
      return startFromPs(pid);
    }
    // The name of the program may contain spaces and brackets, so we count from the last bracket: state is the first field, start the 20th.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    // A zombie has ended; only its parent has not noticed yet.
    return fields[0] === 'Z' ? undefined : `${bootId()} ${fields[19]}`;
  } catch {
    return undefined;
  }
}

/** What macOS has instead of /proc. Language and time zone are fixed, because the answer is compared with one given to somebody else. */
export function startFromPs(pid: number): string | undefined {
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  const found = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8', env }).trim();
  return found.startsWith('Z') ? undefined : found.replace(/^\S+\s+/, '');
}

/** Start times count from the boot, and every boot has its own id. */
const bootId = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
