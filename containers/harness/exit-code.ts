import { ErrorName, ExitCode } from '#contracts/errors';

/** Wrong work stays wrong however often it is tried; everything else deserves another attempt. */
const hopeless: readonly string[] = [
  ErrorName.ContractViolated,
  ErrorName.AssetRejected,
  ErrorName.ArtifactCorrupted,
  ErrorName.SeamVisible,
];

export const exitCodeOf = (error: unknown): number =>
  error instanceof Error && hopeless.includes(error.name) ? ExitCode.BadWork : ExitCode.Failed;
