/** The machine the bundles will run on: it decides which native files are copied. */
export interface Target {
  readonly platform: 'linux' | 'darwin';
  readonly cpu: 'x64' | 'arm64';
}

/** Lambda functions and workers run here, as the GPU machines of Batch do: one kind of machine is easier to reason about. */
export const AWS_TARGET: Target = { platform: 'linux', cpu: 'x64' };

/** Parses `linux-x64`, `linux-arm64`, `darwin-arm64`, `darwin-x64`. */
export function parseTarget(text: string): Target {
  const [platform, cpu] = text.split('-');
  if ((platform === 'linux' || platform === 'darwin') && (cpu === 'x64' || cpu === 'arm64')) return { platform, cpu };
  throw new Error(`expected a target such as linux-x64 or darwin-arm64, found "${text}"`);
}

export const targetName = ({ platform, cpu }: Target): string => `${platform}-${cpu}`;
