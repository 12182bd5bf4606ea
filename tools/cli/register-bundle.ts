import { join } from 'node:path';
import { type Component, refText } from '#contracts/component';
import { keys } from '#contracts/keys';
import type { ArtifactStore, ComponentRegistry } from '#domain/ports';
import { weightsProblems } from '../models/weights-files.ts';
import { Failure } from './failure.ts';

export interface Registration {
  readonly registry: ComponentRegistry;
  /** The artifacts bucket. */
  readonly artifacts: Pick<ArtifactStore, 'upload'>;
  readonly onFile: (name: string, bytes: number) => void;
}

/**
 * Uploads the weights of a deployed component, each file under its hash, and says so in the registry. Refuses a licence that the deployment
 * does not allow and files that are not the ones its manifest names. Doing it again uploads what is missing.
 */
export async function registerBundle(id: string, folder: string, { registry, artifacts, onFile }: Registration): Promise<Component> {
  const { deployment, bundles } = await registry.known();
  const component = deployment.components
    .flatMap((entry) => [entry.component, ...entry.companions])
    .find((candidate) => candidate.id === id && candidate.weights === 'registered');
  if (!component)
    throw new Failure('ComponentUnknown', `expected a deployed component that takes registered weights, found none called ${id}`, {
      hint: 'components list shows what is deployed',
    });
  if (!deployment.licences.includes(component.licence))
    throw new Failure(
      'LicenceRefused',
      `expected a licence of ${deployment.licences.join(', ')}, found ${component.licence} of ${refText(component)}`,
      { hint: 'licences are allowed in lib/config.ts' },
    );
  const files = Object.entries(component.files);
  if (files.length === 0)
    throw new Failure('WeightsNotPinned', `expected hashes of the weights in containers/${id}/component.json, found none`, {
      hint: `node tools/models/hash-weights.ts ${id} --from ${folder}, then deploy`,
    });
  const problems = await weightsProblems(component, folder);
  if (problems.length > 0)
    throw new Failure('WeightsRefused', problems.join('; '), { hint: `is ${folder} the bundle of ${refText(component)}?` });

  for (const [name, { sha256, bytes }] of files) {
    if (bundles.has(sha256)) continue;
    const { sha256: uploaded } = await artifacts.upload(keys.bundle(sha256), join(folder, name));
    if (uploaded !== sha256)
      throw new Failure('WeightsRefused', `${name}: expected sha256 ${sha256}, uploaded ${uploaded}: it changed meanwhile`);
    await registry.addBundle({ sha256, bytes });
    onFile(name, bytes);
  }
  return component;
}
