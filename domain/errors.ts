import { ErrorName } from '#contracts/errors';

/** An error whose name is part of the contract: Step Functions routes by it. The message says what was expected, found and where. */
export class FramewrightError extends Error {
  constructor(name: ErrorName, message: string) {
    super(message);
    this.name = name;
  }
}

export const contractViolated = (where: string, found: string): FramewrightError =>
  new FramewrightError(ErrorName.ContractViolated, `${where}: ${found}`);
export const assetRejected = (asset: string, expected: string, found: string): FramewrightError =>
  new FramewrightError(ErrorName.AssetRejected, `${asset}: expected ${expected}, found ${found}`);
export const artifactCorrupted = (key: string, expected: string, found: string): FramewrightError =>
  new FramewrightError(ErrorName.ArtifactCorrupted, `${key}: expected sha256 ${expected}, found ${found}`);
export const renderIncomplete = (where: string, found: string): FramewrightError =>
  new FramewrightError(ErrorName.RenderIncomplete, `${where}: ${found}`);
export const seamVisible = (where: string, found: string): FramewrightError =>
  new FramewrightError(ErrorName.SeamVisible, `${where}: ${found}`);
export const signatureFailed = (where: string, found: string): FramewrightError =>
  new FramewrightError(ErrorName.SignatureFailed, `${where}: ${found}`);
