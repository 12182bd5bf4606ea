/** Step Functions matches on these names, so they are part of the contract: renaming one is a breaking change. */
export const ErrorName = {
  /** A message did not fit its schema. Retrying repeats the bug. */
  ContractViolated: 'Contract.Violated',
  /** An uploaded file is not what it claims, too large or undecodable. Retrying reads the same bytes. */
  AssetRejected: 'Asset.Rejected',
  /** Bytes in the store are not the bytes the reference names. */
  ArtifactCorrupted: 'Artifact.Corrupted',
  /** A window or clip is missing or differs from its plan after the worker said it was done. */
  RenderIncomplete: 'Render.Incomplete',
  /** A clip shows where two of its windows were joined, and no repair hides it. Post would make the same clip again. */
  SeamVisible: 'Seam.Visible',
  /** The signed file did not read back as signed. */
  SignatureFailed: 'Signature.Failed',
} as const;
export type ErrorName = (typeof ErrorName)[keyof typeof ErrorName];

/** Exit codes a worker agrees on with Batch; lib/patterns/batch-retries.ts retries exactly the first. */
export const ExitCode = {
  /** Asked to stop (SIGTERM, spot notice) and stopped between two windows. 75 is EX_TEMPFAIL in sysexits.h. */
  Interrupted: 75,
  /** The work itself is wrong; another attempt would be wrong too. 65 is EX_DATAERR. */
  BadWork: 65,
  /** Anything unforeseen; Batch retries it while attempts are left. 70 is EX_SOFTWARE. */
  Failed: 70,
} as const;
