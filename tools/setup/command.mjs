import { spawn } from 'node:child_process';

/** Runs a command quietly; when it fails, the error carries the end of what it said. */
export function command(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const keep = (chunk) => {
      said = (said + chunk).slice(-4000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0
        ? resolve(said)
        : reject(Object.assign(new Error(`${program} ${args.slice(0, 3).join(' ')} ended with ${code}:\n${said.trim()}`), { said })),
    );
  });
}
