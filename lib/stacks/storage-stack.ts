import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { names } from '../names.ts';
import { accept } from '../patterns/grants.ts';
import { PrivateBucket } from '../patterns/private-bucket.ts';

/** Half of a brief's assets may come hours later; a week-old unfinished upload was given up. */
const UPLOADS_ABANDONED = Duration.days(7);

/** A brief has at most 256 KiB, the plan of a ten-minute clip about 300. */
const LARGEST_DOCUMENT_BYTES = 512 * 1024;

/** What outlives everything else: uploads, artifacts, clips, the ledger, the bus and the signing key. */
export class StorageStack extends Stack {
  readonly intake: PrivateBucket;
  readonly artifacts: PrivateBucket;
  readonly deliverables: PrivateBucket;
  readonly ledger: PrivateBucket;
  readonly accessLogs: PrivateBucket;
  readonly table: Table;
  readonly bus: EventBus;
  readonly signingKey: Key;

  constructor(scope: Construct, id: string, { config, ...props }: StackProps & { readonly config: Config }) {
    super(scope, id, props);
    const removalPolicy = config.removal === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;

    this.accessLogs = new PrivateBucket(this, 'AccessLogs', {
      config,
      abortUploadsAfter: UPLOADS_ABANDONED,
      lifecycleRules: [{ id: 'old-logs', expiration: Duration.days(90) }],
    });
    accept(this.accessLogs, 'S1', 'this bucket holds the access logs; logging its own requests would feed itself');
    const logged = { config, accessLogs: this.accessLogs, abortUploadsAfter: UPLOADS_ABANDONED };

    this.intake = new PrivateBucket(this, 'Intake', {
      ...logged,
      versioned: true, // a brief version is a job: it must not change while the job reads it
      lifecycleRules: [{ id: 'superseded-uploads', noncurrentVersionExpiration: Duration.days(config.retentionDays.supersededUploads) }],
    });
    // The L2 switch for this adds a custom resource; the property itself is all that is needed.
    const intake = this.intake.node.defaultChild;
    if (!(intake instanceof CfnBucket)) throw new Error('expected the intake bucket to be made of one CfnBucket');
    intake.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };

    this.artifacts = new PrivateBucket(this, 'Artifacts', {
      ...logged,
      // Whatever is larger is pixels that can be made again: windows, clips before they were signed, prepared pictures. The documents
      // that say how a clip came to be (brief, plan, manifests) are smaller and stay. So do registered weights, below `bundles/`.
      lifecycleRules: [
        {
          id: 'windows',
          prefix: 'tenants/',
          objectSizeGreaterThan: LARGEST_DOCUMENT_BYTES,
          expiration: Duration.days(config.retentionDays.windows),
        },
      ],
    });
    Validations.of(this.artifacts).acknowledge({
      id: 'CloudFormation-Validate::W9003',
      reason: 'CDK writes the size of the lifecycle rule as a number, CloudFormation reads both',
    });
    this.deliverables = new PrivateBucket(this, 'Deliverables', { ...logged, versioned: true });
    this.ledger = new PrivateBucket(this, 'Ledger', {
      ...logged,
      lifecycleRules: [{ id: 'query-results', prefix: 'athena/', expiration: Duration.days(30) }],
    });
    // The delivery stack's distribution reads clips. Its ARN is not known here, and naming it would tie the two stacks in a circle.
    this.deliverables.addToResourcePolicy(
      new PolicyStatement({
        sid: 'DeliveryReadsClips',
        principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
        actions: ['s3:GetObject'],
        resources: [this.deliverables.arnForObjects('tenants/*')],
        conditions: {
          StringEquals: { 'aws:SourceAccount': this.account },
          ArnLike: { 'aws:SourceArn': this.formatArn({ service: 'cloudfront', region: '', resource: 'distribution', resourceName: '*' }) },
        },
      }),
    );

    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: config.removal === 'retain',
      removalPolicy,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: 'by-tenant',
      partitionKey: { name: 'gsi1pk', type: AttributeType.STRING },
      sortKey: { name: 'gsi1sk', type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: 'by-review',
      partitionKey: { name: 'gsi2pk', type: AttributeType.STRING },
      sortKey: { name: 'gsi2sk', type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });

    this.bus = new EventBus(this, 'Bus', { eventBusName: names.bus });
    this.signingKey = new Key(this, 'SigningKey', {
      description: 'Signs the provenance of published clips (C2PA, ES256); the private half never leaves KMS',
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy,
    });

    const outputs = {
      IntakeBucket: this.intake.bucketName,
      ArtifactsBucket: this.artifacts.bucketName,
      DeliverablesBucket: this.deliverables.bucketName,
      LedgerBucket: this.ledger.bucketName,
      Table: this.table.tableName,
      BusName: this.bus.eventBusName,
      SigningKeyId: this.signingKey.keyId,
    };
    for (const [name, value] of Object.entries(outputs)) this.overrideLogicalId(new CfnOutput(this, `${name}Output`, { value }), name);
  }

  /** The output's name is what the command line asks for; resources may be called alike, so it is set last. */
  private overrideLogicalId(output: CfnOutput, name: string): void {
    output.overrideLogicalId(name);
  }
}
