import { join } from 'node:path';

/** Where the project keeps what it installs and what the local AWS writes; all of it can be deleted at any time. */
export interface LocalPaths {
  readonly python: string;
  readonly ffmpeg: string;
  readonly ffprobe: string;
  readonly u2netp: string;
  readonly openNsfw: string;
  /** First on the PATH of everything we start: it holds the tools that the lock file names, and on Linux its Node. */
  readonly binaries: string;
  readonly launcherParent: string;
  readonly batchMain: string;
  /** Workers that need something first which on AWS is in their image; each runs the built one then. */
  readonly images: string;
  readonly components: string;
  readonly daemonState: string;
}

export function localPaths(root: string): LocalPaths {
  const own = join(root, '.framewright');
  return {
    python: join(own, 'venv', 'bin', 'python'),
    ffmpeg: join(own, 'media', 'ffmpeg'),
    ffprobe: join(own, 'media', 'ffprobe'),
    u2netp: join(own, 'models', 'u2netp.onnx'),
    openNsfw: join(own, 'models', 'open-nsfw.onnx'),
    binaries: join(root, 'node_modules', '.bin'),
    launcherParent: join(root, 'tools', 'local'),
    batchMain: join(root, 'tools', 'local', 'batch', 'main.ts'),
    images: join(root, 'tools', 'local', 'images'),
    components: join(root, 'dist', 'containers'),
    daemonState: join(own, 'local'),
  };
}
