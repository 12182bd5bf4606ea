import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** `<any registry>/framewright/<component>:<tag>`: the component's name is what a laptop needs of an image. */
const COMPONENT_IMAGE = /(?:^|\/)framewright\/([a-z0-9][a-z0-9-]*)(?::[\w][\w.-]*)?(?:@sha256:[0-9a-f]{64})?$/;

export type LocalProgram = { readonly program: string } | { readonly problem: string };

/** The program that stands for an image, or the reason that the attempt ends with, as an image that cannot be pulled does on AWS. */
export function programFor(image: string, componentDirectories: readonly string[]): LocalProgram {
  const component = COMPONENT_IMAGE.exec(image)?.[1];
  if (component === undefined)
    return { problem: `CannotPullContainerError: expected an image named framewright/<component>:<tag>, found ${image}` };
  const candidates = componentDirectories.map((directory) => join(directory, component, 'main.mjs'));
  const program = candidates.find((candidate) => existsSync(candidate));
  return program === undefined
    ? { problem: `CannotPullContainerError: no local program for ${image}; looked for ${candidates.join(' and ')}; run: npm run build` }
    : { program };
}
