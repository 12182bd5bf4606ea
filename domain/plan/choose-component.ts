import type { Brief } from '#contracts/brief';
import { type Component, type Role, refText } from '#contracts/component';
import type { RegisteredComponent } from '#contracts/registry';
import type { KnownComponents } from '#domain/ports';

export type Choice = { readonly chosen: RegisteredComponent } | { readonly refusal: Refusal };
export interface Refusal {
  readonly expected: string;
  readonly found: string;
}

/**
 * Which component renders: the pinned one, or the deployment's own. A pin without a version means the version that is deployed now; one
 * with a version may name any that ever stood here. What may not or cannot run is refused with the reason, never replaced by another.
 */
export function chooseMotion(pin: string | undefined, known: KnownComponents): Choice {
  const { deployment, kept, bundles } = known;
  const wanted = pin ?? deployment.defaultMotion;
  const found = wanted.includes('@')
    ? [...deployment.components, ...kept].find(({ component }) => refText(component) === wanted)
    : deployment.components.find(({ component }) => component.id === wanted);
  if (!found) return refuse(`one of ${offered('motion', known).join(', ')}`, wanted);

  const { component, companions } = found;
  if (component.role !== 'motion')
    return refuse(`one of ${offered('motion', known).join(', ')}`, `${wanted}, whose role is ${component.role}`);
  for (const part of [component, ...companions]) {
    if (!deployment.licences.includes(part.licence))
      return refuse(`a licence of ${deployment.licences.join(', ')}`, `${refText(part)} under ${part.licence}`);
    if (!hasWeights(part, bundles))
      return refuse(
        `registered weights (npx framewright components register ${part.id} <folder>)`,
        `${refText(part)}, whose weights are not registered here`,
      );
  }
  return { chosen: found };
}

/** The one component that finishes clips: no brief chooses it. */
export function compositeOf({ deployment }: KnownComponents): RegisteredComponent {
  const found = deployment.components.filter(({ component }) => component.role === 'composite');
  const [only] = found;
  if (!only || found.length > 1)
    throw new RangeError(`expected one component with the role composite, found ${found.length}: a clip is finished in one way`);
  return only;
}

/** The brief's own pin before its template's. */
export const motionPin = (brief: Pick<Brief, 'components'>, template: { readonly components?: Brief['components'] }): string | undefined =>
  brief.components?.motion ?? template.components?.motion;

/** What could be asked for, each once. */
const offered = (role: Role, { deployment, kept }: KnownComponents): string[] => [
  ...new Set(
    [...deployment.components, ...kept].filter(({ component }) => component.role === role).map(({ component }) => refText(component)),
  ),
];

/** A component that expects a customer's weights names their hashes; until it does, nothing can be registered for it. */
function hasWeights({ weights, files }: Component, bundles: ReadonlySet<string>): boolean {
  const hashes = Object.values(files).map(({ sha256 }) => sha256);
  return weights === 'shipped' || (hashes.length > 0 && hashes.every((hash) => bundles.has(hash)));
}

const refuse = (expected: string, found: string): Choice => ({ refusal: { expected, found } });
