import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, type LifecycleRule, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';

export interface PrivateBucketProps {
  readonly config: Config;
  readonly versioned?: boolean;
  readonly lifecycleRules?: LifecycleRule[];
  /** Gets a line for every request to this bucket; left out only for the bucket that holds those lines. */
  readonly accessLogs?: IBucket;
  /** An upload that was begun and never finished is paid for until it is ended. */
  readonly abortUploadsAfter: Duration;
}

/** Nobody outside, nothing unencrypted, no ACLs: a bucket as every bucket of the product is. */
export class PrivateBucket extends Bucket {
  constructor(
    scope: Construct,
    id: string,
    { config, accessLogs, abortUploadsAfter, lifecycleRules = [], versioned = false }: PrivateBucketProps,
  ) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned,
      removalPolicy: config.removal === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      lifecycleRules: [{ id: 'abandoned-uploads', abortIncompleteMultipartUploadAfter: abortUploadsAfter }, ...lifecycleRules],
      ...(accessLogs ? { serverAccessLogsBucket: accessLogs, serverAccessLogsPrefix: `${id}/` } : {}),
    });
  }
}
