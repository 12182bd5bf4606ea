import type { Brief } from '#contracts/brief';
import type { BriefProblem } from '#contracts/events';
import type { IntakeObject } from '#contracts/job';
import { keys } from '#contracts/keys';
import { LIMITS } from '#domain/prep/limits';
import { excerpt, pathText } from './excerpt.ts';
import { fitsAKey, MAX_KEY_BYTES } from './keys-of-briefs.ts';

/** One file a brief names: where in the brief, under which name, which object, and how large prep lets it be. */
export interface NamedAsset {
  readonly path: string;
  readonly name: string;
  readonly key: string;
  readonly maxBytes: number;
}

export function assetsOf(brief: Brief, briefKey: string): NamedAsset[] {
  const asset = (path: PropertyKey[], name: string | undefined, maxBytes: number): NamedAsset[] =>
    name === undefined ? [] : [{ path: pathText(path), name, key: keys.asset(briefKey, name), maxBytes }];
  return [
    ...asset(['product', 'photo'], brief.product.photo, LIMITS.photo.bytes),
    ...asset(['brand', 'logo'], brief.brand.logo, LIMITS.logo.bytes),
    ...asset(['reference'], brief.reference, LIMITS.reference.bytes),
  ];
}

/** Names that no upload could ever fulfil: waiting for them would be waiting for nothing. */
export function checkAssetKeys(assets: readonly NamedAsset[]): BriefProblem[] {
  return assets
    .filter(({ key }) => !fitsAKey(key))
    .map(({ path, name }) => ({
      path,
      expected: `a name that fits into ${MAX_KEY_BYTES} bytes together with the brief's folder`,
      found: excerpt(name),
    }));
}

export type FoundAsset = NamedAsset & { readonly object: IntakeObject | undefined };

/** What is wrong with the assets that are there. */
export function checkAssetSizes(assets: readonly FoundAsset[]): BriefProblem[] {
  return assets.flatMap(({ path, name, maxBytes, object }) => {
    if (!object || (object.bytes > 0 && object.bytes <= maxBytes)) return [];
    return [{ path, expected: `a file of 1 to ${maxBytes} bytes`, found: `${excerpt(name, 80)} of ${object.bytes} bytes` }];
  });
}

/** Says of assets that never came what a person has to upload, and where. */
export function missingProblems(missing: readonly NamedAsset[], waitedSeconds: number): BriefProblem[] {
  return missing.map(({ path, key }) => ({
    path,
    expected: `a file at ${excerpt(key)} within ${waitedSeconds} seconds after the brief (upload it, then upload the brief again)`,
    found: 'nothing there',
  }));
}
