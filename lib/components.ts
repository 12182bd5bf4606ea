import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Component, refText } from '#contracts/component';

/** Components are the folders of `containers/` that describe themselves. */
const componentIds = (root: string): string[] =>
  existsSync(join(root, 'containers'))
    ? readdirSync(join(root, 'containers'))
        .filter((id) => existsSync(join(root, 'containers', id, 'component.json')))
        .sort()
    : [];

/** Every manifest in the tree; the error of a malformed one names its file. */
export const readManifests = (root: string): Component[] =>
  componentIds(root).map((id) => {
    const file = `containers/${id}/component.json`;
    const parsed = Component.safeParse(JSON.parse(readFileSync(join(root, file), 'utf8')));
    if (!parsed.success) throw new Error(`${file}: ${parsed.error.message}`);
    if (parsed.data.id !== id) throw new Error(`${file}: expected id "${id}", as its folder is called, found "${parsed.data.id}"`);
    return parsed.data;
  });

/** The components that a deployment has: those that are workers, and those that a worker hosts. */
export function deployable(components: readonly Component[]): Component[] {
  const workers = new Map(components.filter(isWorker).map((component) => [component.id, component]));
  for (const worker of workers.values()) refuseUnlistedGuests(worker, hostedIn(worker, components));
  return components.filter((component) => {
    if (isWorker(component)) return true;
    const host = workers.get(component.hostedBy ?? '');
    if (host) refuseLargerThanHost(component, host);
    return host !== undefined; // without its host nothing would ever call it
  });
}

/** All that could be deployed from this tree. */
export const allComponents = (root: string): Component[] => deployable(readManifests(root));

/** What a deployment has: everything that runs on CPUs, and of those that need a GPU the ones it names. */
export function readComponents(root: string, gpuModels: readonly string[] = []): Component[] {
  const all = allComponents(root);
  const onGpu = all.filter(({ needs }) => needs.gpus > 0).map(({ id }) => id);
  const unknown = gpuModels.filter((id) => !onGpu.includes(id));
  if (unknown.length > 0) throw new Error(`gpuModels: expected some of ${onGpu.join(', ') || 'none'}, found ${unknown.join(', ')}`);
  return all.filter(({ id, needs }) => needs.gpus === 0 || gpuModels.includes(id));
}

/** A worker has an image, an entry and a job definition; a hosted component has none of them. */
export const isWorker = ({ hostedBy }: Component): boolean => hostedBy === undefined;

export const hostedIn = (worker: Component, components: readonly Component[]): Component[] =>
  components.filter(({ hostedBy }) => hostedBy === worker.id);

/** The folder below `containers/` that a worker's image is built from. */
export const imageOf = ({ image, id }: Component): string => image ?? id;

/** Every image once, with the components that run in it. */
export const imagesOf = (components: readonly Component[]): ReadonlyMap<string, readonly Component[]> =>
  Map.groupBy(components.filter(isWorker), imageOf);

function refuseLargerThanHost({ id, needs }: Component, host: Component): void {
  for (const need of ['gpus', 'vcpus', 'memoryMiB'] as const)
    if (needs[need] > host.needs[need])
      throw new Error(
        `containers/${id}/component.json: expected at most ${host.needs[need]} ${need}, which its host ${host.id} has, found ${needs[need]}`,
      );
}

/** A host says which versions it holds, under its own version: so a guest cannot change while its host's name stays. */
function refuseUnlistedGuests(host: Component, guests: readonly Component[]): void {
  const listed = host.guests?.[host.version] ?? {};
  const said = (versions: Readonly<Record<string, string>>): string =>
    Object.entries(versions)
      .map(([id, version]) => refText({ id, version }))
      .sort()
      .join(', ') || 'none';
  const [found, expected] = [said(listed), said(Object.fromEntries(guests.map(({ id, version }) => [id, version])))];
  if (found === expected) return;
  throw new Error(
    `containers/${host.id}/component.json: expected guests["${host.version}"] to be ${expected}, found ${found}. ` +
      `A component that is hosted changes its host: raise the version of ${host.id} too, and add a line for the new one to "guests"`,
  );
}
