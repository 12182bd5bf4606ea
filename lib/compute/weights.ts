import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Component } from '#contracts/component';
import { keys } from '#contracts/keys';
import { type Assets, placeOf, type StoredFile } from '../assets.ts';
import { hostedIn } from '../components.ts';
import type { StorageStack } from '../stacks/storage-stack.ts';

interface Place extends StoredFile {
  /** `<component>/<file>`. */
  readonly name: string;
}

export interface WeightsProps {
  readonly assets: Assets;
  readonly storage: StorageStack;
  readonly components: readonly Component[];
}

/** Where a worker finds its weights and those of the components it hosts: shipped ones by asset, registered ones by their hash. */
export function weightsOf(scope: Construct, worker: Component, { assets, storage, components }: WeightsProps): Place[] {
  const placed = ({ id, weights, files }: Component): Place[] =>
    Object.entries(files).map(([file, { sha256 }]) => ({
      name: `${id}/${file}`,
      ...(weights === 'shipped' ? assets.weights(scope, id, file, sha256) : { bucket: storage.artifacts, key: keys.bundle(sha256) }),
    }));
  return [worker, ...hostedIn(worker, components)].flatMap(placed);
}

/** What the job definition says to the worker: contracts/environment.ts, FRAMEWRIGHT_WEIGHTS. */
export const weightsVariable = (places: readonly Place[]): string =>
  JSON.stringify(Object.fromEntries(places.map((place) => [place.name, placeOf(place)])));

/** Exactly these objects, and no listing: a worker cannot look for others. */
export function allowWeights(role: Role, places: readonly Place[]): void {
  if (places.length === 0) return;
  role.addToPolicy(
    new PolicyStatement({ actions: ['s3:GetObject'], resources: places.map(({ bucket, key }) => bucket.arnForObjects(key)) }),
  );
}
