import { spawn } from 'node:child_process';

/** A failing installer says the reason first or last, and much that is no help in between. */
const HEAD = 1200;
const TAIL = 800;

/** Runs a command quietly; when it fails, the error carries the beginning and the end of what it said. */
export function command(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const keep = (chunk) => {
      said += chunk;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(said);
      else
        reject(
          Object.assign(new Error(`"${program} ${args.slice(0, 3).join(' ')}" ended with ${code}:\n${shortened(said.trim())}`), { said }),
        );
    });
  });
}

const shortened = (text) => (text.length <= HEAD + TAIL ? text : `${text.slice(0, HEAD)}\n...\n${text.slice(-TAIL)}`);
