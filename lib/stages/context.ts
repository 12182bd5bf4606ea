import type { ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { Assets } from '../assets.ts';
import type { Config } from '../config.ts';
import type { StorageStack } from '../stacks/storage-stack.ts';

/** What every stage may build on. */
export interface StageContext {
  readonly config: Config;
  readonly assets: Assets;
  readonly storage: StorageStack;
  readonly ffmpeg: ILayerVersion;
}

/** Variables and rights that every step has: it reads and writes its job's artifacts and tells facts to the bus. */
export const stepEnvironment = ({ storage }: StageContext) => ({
  FRAMEWRIGHT_ARTIFACTS_BUCKET: storage.artifacts.bucketName,
  FRAMEWRIGHT_BUS: storage.bus.eventBusName,
});
