/** What must be on the machine before we can install anything: Node with npm, and Python with venv. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Machines for which every package that carries a binary exists, in the versions that the lock files name. */
const MACHINES = ['linux-x64', 'linux-arm64', 'darwin-arm64'];
/** Enough to run npm and this set-up; npm then brings the Node that runs our TypeScript: 24 on Linux, 22 on macOS, the newest it has there. */
const LEAST_NODE = [20, 0];
/** The emulator's packages ask for it. */
const LEAST_PYTHON = [3, 10];

const atLeast = ([major, minor], [wantedMajor, wantedMinor]) => major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
const numbersOf = (version) => version.split('.').slice(0, 2).map(Number);

export function checkMachine({ platform, arch } = process) {
  const machine = `${platform}-${arch}`;
  if (MACHINES.includes(machine)) return;
  const hint =
    machine === 'darwin-x64'
      ? '; onnxruntime-node and cryptography are no longer built for Intel Macs. On Apple silicon install the arm64 build of Node'
      : '';
  throw new Error(`expected Linux on x64 or arm64, or macOS on Apple silicon, found ${machine}${hint}`);
}

export function checkNode({ versions, execPath } = process) {
  if (atLeast(numbersOf(versions.node), LEAST_NODE)) return;
  throw new Error(
    `expected Node ${LEAST_NODE.join('.')} or newer, found ${versions.node} at ${execPath}; install a newer Node and try again`,
  );
}

export function checkNpm() {
  const found = spawnSync('npm', ['--version'], { encoding: 'utf8' });
  if (found.status !== 0) throw new Error('expected npm on the PATH, found none; it comes with Node, so check how Node was installed');
}

/** The first Python on the PATH that is new enough. */
export function findPython() {
  const seen = [];
  for (const name of ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python']) {
    const found = spawnSync(name, ['-c', 'import sys; print(".".join(map(str, sys.version_info[:3])))'], { encoding: 'utf8' });
    if (found.status !== 0) continue;
    const version = found.stdout.trim();
    seen.push(`${name} ${version}`);
    if (atLeast(numbersOf(version), LEAST_PYTHON)) return name;
  }
  throw new Error(
    `expected Python ${LEAST_PYTHON.join('.')} or newer on the PATH, found ${seen.join(', ') || 'none'}; install Python 3 and try again`,
  );
}

/** Some Linux distributions ship Python without the part that makes virtual environments. */
export function explainVenvFailure(python, directory, detail) {
  const hint = existsSync('/etc/debian_version')
    ? 'on Debian and Ubuntu install the package python3-venv'
    : 'check that the modules venv and ensurepip are installed';
  return new Error(`${python} could not make a virtual environment in ${directory}; ${hint}. It said:\n${detail.trim()}`);
}
