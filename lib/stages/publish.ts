import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { names } from '../names.ts';
import { allowFacts, allowObjects, allowParameters, allowRows } from '../patterns/grants.ts';
import { HandlerFunction } from '../patterns/handler-function.ts';
import { jsonata } from '../pipeline/expressions.ts';
import { call } from '../pipeline/steps.ts';
import { type StageContext, stepEnvironment } from './context.ts';

/** The last door: a clip leaves signed, or the job leaves with a reason. */
export class PublishStage extends Construct {
  private readonly deliver: HandlerFunction;
  private readonly conclude: HandlerFunction;

  constructor(scope: Construct, id: string, context: StageContext) {
    super(scope, id);
    const { storage, config } = context;
    this.deliver = new HandlerFunction(this, 'Deliver', {
      ...context,
      handler: 'publish/sign-and-deliver',
      environment: {
        ...stepEnvironment(context),
        FRAMEWRIGHT_DELIVERABLES_BUCKET: storage.deliverables.bucketName,
        FRAMEWRIGHT_TABLE: storage.table.tableName,
        FRAMEWRIGHT_SIGNING_KEY_ID: storage.signingKey.keyArn,
        FRAMEWRIGHT_CERTIFICATE_PARAMETER: names.certificateParameter,
        FRAMEWRIGHT_ANCHORS_PARAMETER: names.anchorsParameter,
      },
    });
    const role = this.deliver.role!;
    allowObjects(role, storage.artifacts, 'tenants/', ['read']);
    allowObjects(role, storage.artifacts, 'verdicts/', ['read']);
    allowRows(role, storage.table, ['GetItem', 'Query']); // what people decided
    allowObjects(role, storage.deliverables, 'tenants/', ['read', 'write']);
    allowParameters(role, Stack.of(this), [names.certificateParameter, names.anchorsParameter]);
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['kms:Sign', 'kms:GetPublicKey'], resources: [storage.signingKey.keyArn] }));
    allowFacts(role, storage.bus);

    this.conclude = new HandlerFunction(this, 'Conclude', {
      ...context,
      handler: 'publish/conclude-job',
      environment: { ...stepEnvironment(context), FRAMEWRIGHT_DEFAULT_MOTION: config.defaultMotion },
    });
    allowObjects(this.conclude.role!, storage.artifacts, 'tenants/', ['read']); // the brief: what need not be rendered
    allowFacts(this.conclude.role!, storage.bus);
  }

  step(river: Construct) {
    return call(river, 'Sign and deliver', 'Publishing failed', this.deliver);
  }

  /** Tells the ledger; the machine keeps what was decided, whatever the function answers. */
  concludeStep(river: Construct) {
    return call(river, 'Conclude the job', 'Concluding failed', this.conclude, { output: jsonata('$states.input') });
  }
}
