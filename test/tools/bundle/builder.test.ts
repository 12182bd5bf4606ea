import { expect, it } from 'vitest';
import { AWS_TARGET, parseTarget } from '../../../tools/bundle/target.ts';
import { checkBuilder } from '../../../tools/bundle.ts';

it('builds for AWS on Linux x64 only, because the ffmpeg of the machine that builds goes with it', () => {
  expect(() => checkBuilder(AWS_TARGET, parseTarget('linux-x64'))).not.toThrow();
  for (const laptop of ['darwin-arm64', 'linux-arm64'])
    expect(() => checkBuilder(AWS_TARGET, parseTarget(laptop))).toThrow(
      `expected to build for linux-x64 on such a machine, found ${laptop}`,
    );
});

it('builds for a local AWS wherever it runs', () => {
  for (const laptop of ['linux-x64', 'linux-arm64', 'darwin-arm64'])
    expect(() => checkBuilder(parseTarget(laptop), parseTarget(laptop))).not.toThrow();
});
