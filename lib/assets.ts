import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssetHashType } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import * as z from 'zod';
import type { HandlerName, ModelLayer } from './handlers.ts';

/** A zip that a build in the account unpacks. */
export interface SourceZip {
  readonly bucket: IBucket;
  readonly key: string;
  /** Grows into the image's tag: other files, other image. */
  readonly hash: string;
}

/** An object that the deployment uploads. */
export interface StoredFile {
  readonly bucket: IBucket;
  readonly key: string;
}

/** `s3://<bucket>/<key>`: how an environment variable or an output names a file. */
export const placeOf = ({ bucket, key }: StoredFile): string => `s3://${bucket.bucketName}/${key}`;

/** Where stacks take code from. A template test passes `inlineAssets`, so it needs no bundle. */
export interface Assets {
  readonly handler: (name: HandlerName) => Code;
  readonly ffmpegLayer: (scope: Construct) => Code;
  readonly modelsLayer: (scope: Construct, layer: ModelLayer) => Code;
  readonly worker: (scope: Construct, component: string) => SourceZip;
  /** The same zip as the layer's: worker images get their ffmpeg from it. */
  readonly media: (scope: Construct) => SourceZip;
  /** What the deployment says about its components; text of a contracts/registry.ts Deployment. */
  readonly deployment: (scope: Construct, text: string) => StoredFile;
  /** What tenants change in the safety policy; text of a contracts/safety-policy.ts DeployedPolicies. */
  readonly safetyPolicies: (scope: Construct, text: string) => StoredFile;
  /** A file of weights that we ship; its hash is part of its key, so other weights never take its place. */
  readonly weights: (scope: Construct, component: string, file: string, sha256: string) => StoredFile;
}

const Manifest = z.object({ target: z.string(), assets: z.record(z.string(), z.string()) });

/** What `npm run build` left in `dist/`. The hashes were computed there, so synthesis reads no binaries. */
export function bundledAssets(root: string): Assets {
  const file = join(root, 'dist/assets.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Error(`expected bundles described by ${file}, found none; run: npm run build`);
  }
  const { assets } = Manifest.parse(JSON.parse(text));
  const hashed = (folder: string) => {
    const assetHash = assets[folder];
    if (assetHash === undefined) throw new Error(`expected ${folder} in ${file}, found none; run: npm run build`);
    return { assetHash, assetHashType: AssetHashType.CUSTOM };
  };
  const zip = (scope: Construct, id: string, folder: string): SourceZip => {
    const options = hashed(folder);
    const asset = new Asset(scope, id, { path: join(root, `${folder}.zip`), ...options });
    return { bucket: asset.bucket, key: asset.s3ObjectKey, hash: options.assetHash };
  };
  const written = (scope: Construct, id: string, file: string, text: string): StoredFile => {
    const path = join(root, file);
    writeFileSync(path, text);
    const asset = new Asset(scope, id, { path });
    return { bucket: asset.bucket, key: asset.s3ObjectKey };
  };
  return {
    handler: (name) => Code.fromAsset(join(root, `dist/lambdas/${name}.zip`), hashed(`dist/lambdas/${name}`)),
    ffmpegLayer: () => Code.fromAsset(join(root, 'dist/layers/ffmpeg.zip'), hashed('dist/layers/ffmpeg')),
    modelsLayer: (_, layer) => Code.fromAsset(join(root, `dist/layers/models-${layer}.zip`), hashed(`dist/layers/models-${layer}`)),
    worker: (scope, component) => zip(scope, `Source-${component}`, `dist/containers/${component}`),
    media: (scope) => zip(scope, 'MediaSource', 'dist/layers/ffmpeg'),
    deployment: (scope, text) => written(scope, 'Deployment', 'dist/deployment.json', text),
    safetyPolicies: (scope, text) => written(scope, 'Policies', 'dist/safety-policies.json', text),
    weights: (scope, component, file, sha256) => {
      const path = join(root, 'models', component, file);
      if (!existsSync(path)) throw new Error(`expected ${path}, as containers/${component}/component.json says, found no file`);
      const asset = new Asset(scope, `Weights-${component}-${file}`, { path, assetHash: sha256, assetHashType: AssetHashType.CUSTOM });
      return { bucket: asset.bucket, key: asset.s3ObjectKey };
    },
  };
}

/** Code without files: the templates are the same but for hashes. */
export function inlineAssets(): Assets {
  const zip = (scope: Construct, id: string): SourceZip => ({
    bucket: Bucket.fromBucketName(scope, id, 'framewright-template-test'),
    key: `${id}.zip`,
    hash: '0'.repeat(64),
  });
  return {
    handler: (name) => Code.fromInline(`exports.handler = () => '${name}';`),
    ffmpegLayer: (scope) => Code.fromBucket(Bucket.fromBucketName(scope, 'Layer', 'framewright-template-test'), 'layer.zip'),
    modelsLayer: (scope, layer) =>
      Code.fromBucket(Bucket.fromBucketName(scope, `ModelsLayer-${layer}`, 'framewright-template-test'), `models-${layer}.zip`),
    worker: (scope, component) => zip(scope, `Source-${component}`),
    media: (scope) => zip(scope, 'MediaSource'),
    deployment: (scope) => ({
      bucket: Bucket.fromBucketName(scope, 'Deployment', 'framewright-template-test'),
      key: 'deployment.json',
    }),
    safetyPolicies: (scope) => ({
      bucket: Bucket.fromBucketName(scope, 'Policies', 'framewright-template-test'),
      key: 'safety-policies.json',
    }),
    weights: (scope, component, file, sha256) => ({
      bucket: Bucket.fromBucketName(scope, `Weights-${component}-${file}`, 'framewright-template-test'),
      key: sha256,
    }),
  };
}
