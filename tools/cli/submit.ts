import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { SubmitResult } from '#contracts/cli';
import { assetsOf } from '#domain/intake/assets';
import { jobIdOf } from '#domain/intake/job-id';
import { parseBrief } from '#domain/intake/parse';
import { EXIT, Failure } from './failure.ts';
import type { Product } from './product.ts';

export interface Submission {
  /** A folder with one brief and its assets, or the brief itself. */
  readonly path: string;
  /** Folder in the tenant's part of the bucket; the brief's own folder name and the time when left out: asking again is another job. */
  readonly as?: string | undefined;
  readonly onUpload?: (key: string, bytes: number) => void;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.mp4': 'video/mp4',
  '.mov': 'video/quicktime',
};

/**
 * Uploads a brief the way any app would: assets first, the brief last, because the brief is what starts the job. The brief is checked here
 * as intake will check it, so that a mistake is known before anything is uploaded.
 */
export async function submit({ s3, outputs }: Pick<Product, 's3' | 'outputs'>, { path, as, onUpload }: Submission): Promise<SubmitResult> {
  const file = await briefFile(path);
  const folder = join(file, '..');
  const bytes = await readFile(file);
  const parsed = parseBrief(bytes);
  if ('problems' in parsed)
    throw new Failure(
      'BriefInvalid',
      [`${file}:`, ...parsed.problems.map((problem) => `  ${problem.path}: expected ${problem.expected}, found ${problem.found}`)].join(
        '\n',
      ),
      { hint: 'see docs/guides/brief.md for what a brief holds' },
    );

  const { brief } = parsed;
  const briefKey = `${brief.tenant}/${as ?? `${basename(resolve(folder))}/${timeName(new Date())}`}/${basename(file)}`;
  const bucket = outputs.get('IntakeBucket');
  const assets = assetsOf(brief, briefKey);
  const files = await Promise.all(
    assets.map(async (asset) => ({ ...asset, file: join(folder, asset.name), bytes: await sizeOf(join(folder, asset.name), asset.path) })),
  );
  for (const asset of files) {
    await s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: asset.key,
        Body: createReadStream(asset.file),
        ContentLength: asset.bytes,
        ContentType: CONTENT_TYPES[extname(asset.name).toLowerCase()] ?? 'application/octet-stream',
      }),
    );
    onUpload?.(asset.key, asset.bytes);
  }
  const { VersionId: versionId } = await s3.send(
    new PutObjectCommand({ Bucket: bucket, Key: briefKey, Body: bytes, ContentType: 'application/json' }),
  );
  if (versionId === undefined)
    throw new Failure('NotVersioned', `bucket ${bucket}: expected a version id for ${briefKey}, found none`, {
      hint: 'the intake bucket must keep versions; deploy the Framewright-Storage stack again',
    });
  onUpload?.(briefKey, bytes.length);
  const { jobId, tenant } = jobIdOf({ key: briefKey, versionId });
  return { jobId, tenant, briefKey, versionId, uploaded: [...files.map(({ key }) => key), briefKey] };
}

/** An instant as a plain folder name. */
export const timeName = (at: Date): string => at.toISOString().replace(/[:.]/g, '-').toLowerCase();

/** The brief that `path` means: itself, or the only `.json` of a folder, `brief.json` when there are several. */
async function briefFile(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new Failure('NoBrief', `expected a folder or a brief at ${path}, found nothing`, { exitCode: EXIT.usage });
  if (!found.isDirectory()) return path;
  const names = (await readdir(path)).filter((name) => /\.json$/i.test(name) && !/\.rejected\.json$/i.test(name));
  const name = names.find((candidate) => candidate.toLowerCase() === 'brief.json') ?? (names.length === 1 ? names[0] : undefined);
  if (name !== undefined) return join(path, name);
  throw new Failure('NoBrief', `${path}: expected brief.json, found ${names.length === 0 ? 'no .json file' : names.join(', ')}`, {
    hint: 'give the path of the brief itself, or look at examples/briefs/coffee-spring',
    exitCode: EXIT.usage,
  });
}

async function sizeOf(file: string, path: string): Promise<number> {
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile()) return found.size;
  throw new Failure('AssetMissing', `${path}: expected the file ${file}, found nothing`, {
    hint: 'paths in a brief are relative to the brief',
  });
}
