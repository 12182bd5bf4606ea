import { Construct } from 'constructs';
import { allowFacts, allowObjects } from '../patterns/grants.ts';
import { HandlerFunction } from '../patterns/handler-function.ts';
import { call } from '../pipeline/steps.ts';
import { type StageContext, stepEnvironment } from './context.ts';

/** Uploads become pictures that later stages can trust. The only stage that opens what strangers uploaded. */
export class PrepStage extends Construct {
  private readonly normalize: HandlerFunction;

  constructor(scope: Construct, id: string, context: StageContext) {
    super(scope, id);
    const { storage } = context;
    this.normalize = new HandlerFunction(this, 'Normalize', {
      ...context,
      handler: 'prep/normalize-assets',
      environment: { ...stepEnvironment(context), FRAMEWRIGHT_INTAKE_BUCKET: storage.intake.bucketName },
    });
    allowObjects(this.normalize.role!, storage.intake, '', ['read-versions']);
    allowObjects(this.normalize.role!, storage.artifacts, 'tenants/', ['read', 'write']);
    allowFacts(this.normalize.role!, storage.bus);
  }

  step(river: Construct) {
    return call(river, 'Prepare the assets', 'Preparing failed', this.normalize);
  }
}
