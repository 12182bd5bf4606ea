import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import {
  CachePolicy,
  Distribution,
  HttpVersion,
  PriceClass,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { accept } from '../patterns/grants.ts';
import type { StorageStack } from './storage-stack.ts';

export interface DeliveryStackProps extends StackProps {
  readonly config: Config;
  readonly storage: StorageStack;
}

/** Published clips, near to those who watch. Only the distribution reads the bucket, and only over TLS. */
export class DeliveryStack extends Stack {
  constructor(scope: Construct, id: string, { config, storage, ...props }: DeliveryStackProps) {
    super(scope, id, props);
    const removalPolicy = config.removal === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    // CloudFront's logs are written with an ACL, so this bucket is the one that allows them.
    const logs = new Bucket(this, 'ViewLogs', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      removalPolicy,
      lifecycleRules: [
        { id: 'abandoned-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
        { id: 'old-logs', expiration: Duration.days(90) },
      ],
    });
    accept(logs, 'S1', 'this bucket holds access logs; logging its own requests would feed itself');

    // By name: a reference would make the storage stack depend on this one for the bucket's policy, which it already carries.
    const clips = Bucket.fromBucketAttributes(this, 'Clips', {
      bucketArn: storage.deliverables.bucketArn,
      bucketRegionalDomainName: storage.deliverables.bucketRegionalDomainName,
    });
    const distribution = new Distribution(this, 'Cdn', {
      comment: 'Published clips',
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(clips),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED, // a published clip never changes under its key
        responseHeadersPolicy: ResponseHeadersPolicy.SECURITY_HEADERS,
      },
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      enableLogging: true,
      logBucket: logs,
      logFilePrefix: 'views/',
    });
    Validations.of(distribution).acknowledge({
      id: 'Annotation::@aws-cdk/aws-cloudfront-origins:updateImportedBucketPolicyOac',
      reason: 'the storage stack writes the statement for the distribution into the policy of its own bucket',
    });
    accept(distribution, 'CFR1', "who may watch a clip is the tenant's choice; no country is refused by the product");
    accept(distribution, 'CFR2', 'the distribution serves immutable files and runs no code that a request could reach');
    accept(
      distribution,
      'CFR4',
      "the certificate of *.cloudfront.net fixes the protocol list; a domain of one's own brings TLS 1.2, see the deploy guide",
    );

    new CfnOutput(this, 'DomainOutput', { value: distribution.distributionDomainName }).overrideLogicalId('DeliveryDomain');
  }
}
