import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SFNClient } from '@aws-sdk/client-sfn';
import { cloudFormation, lambda, s3, sfn } from '#adapters/aws/clients';
import { openLedgerStore } from '#adapters/aws/ledger-store';
import { openReviewStore } from '#adapters/aws/review-store';
import type { LedgerStore, ReviewStore } from '#domain/ports';
import { readStackOutputs, type StackOutputs } from './stack-outputs.ts';
import type { Where } from './where.ts';

/** A deployed Framewright, as the command line talks to it. */
export interface Product {
  readonly where: Where;
  readonly outputs: StackOutputs;
  readonly ledger: LedgerStore;
  readonly reviews: ReviewStore;
  readonly s3: S3Client;
  readonly sfn: SFNClient;
  readonly lambda: LambdaClient;
  /** Seconds between two looks at a job: a local look is free, one on AWS reads a few items. */
  readonly lookEverySeconds: number;
}

/** Opens the product that this process was sent to (`goTo`). */
export async function openProduct(where: Where): Promise<Product> {
  const outputs = await readStackOutputs(cloudFormation(), where.name);
  const table = outputs.get('Table');
  return {
    where,
    outputs,
    ledger: openLedgerStore({ table }),
    reviews: openReviewStore({ table }),
    s3: s3(),
    sfn: sfn(),
    lambda: lambda(),
    lookEverySeconds: where.kind === 'local' ? 0.4 : 3,
  };
}
