import type { ComponentsListResult } from '#contracts/cli';
import { type Component, refText } from '#contracts/component';
import type { RegisteredComponent } from '#contracts/registry';
import type { KnownComponents } from '#domain/ports';

type Row = ComponentsListResult['components'][number];

/** Deployed versions first, each worker before the components it hosts; then those of earlier deployments. */
export function componentRows({ deployment, kept, bundles }: KnownComponents): Row[] {
  const row = (component: Component, standing: Row['standing']): Row => ({
    component: refText(component),
    role: component.role,
    licence: component.licence,
    ...(component.hostedBy === undefined ? {} : { hostedBy: component.hostedBy }),
    weights: weightsOf(component, bundles),
    standing,
  });
  const deployed = parts(deployment.components).map((one) => row(one, one.id === deployment.defaultMotion ? 'default' : 'deployed'));
  const here = new Set(deployed.map(({ component }) => component));
  const earlier = parts(kept)
    .map((one) => row(one, 'kept'))
    .filter(({ component }) => !here.has(component));
  return [...deployed, ...earlier];
}

const parts = (entries: readonly RegisteredComponent[]): Component[] =>
  entries.flatMap(({ component, companions }) => [component, ...companions]);

function weightsOf({ weights, files }: Component, bundles: ReadonlySet<string>): Row['weights'] {
  const hashes = Object.values(files).map(({ sha256 }) => sha256);
  if (weights === 'shipped') return hashes.length === 0 ? 'none' : 'shipped';
  return hashes.length > 0 && hashes.every((hash) => bundles.has(hash)) ? 'registered' : 'missing';
}
