import { Construct } from 'constructs';
import type { Component } from '#contracts/component';
import { allowFacts, allowObjects } from '../patterns/grants.ts';
import { HandlerFunction } from '../patterns/handler-function.ts';
import { batchStep } from '../pipeline/batch-step.ts';
import { call } from '../pipeline/steps.ts';
import { type StageContext, stepEnvironment } from './context.ts';

export interface PrepProps extends StageContext {
  readonly queueArn: string;
  readonly components: readonly Component[];
}

/** Uploads become pictures, sounds and words that later stages can trust. The only stage that opens what strangers uploaded. */
export class PrepStage extends Construct {
  private readonly normalize: HandlerFunction;
  private readonly collect: HandlerFunction;
  private readonly props: PrepProps;

  constructor(scope: Construct, id: string, props: PrepProps) {
    super(scope, id);
    this.props = props;
    const { storage } = props;
    this.normalize = new HandlerFunction(this, 'Normalize', {
      ...props,
      handler: 'prep/normalize-assets',
      environment: { ...stepEnvironment(props), FRAMEWRIGHT_INTAKE_BUCKET: storage.intake.bucketName },
    });
    allowObjects(this.normalize.role!, storage.intake, '', ['read-versions']);
    allowObjects(this.normalize.role!, storage.artifacts, 'tenants/', ['read', 'write']);
    allowFacts(this.normalize.role!, storage.bus);

    this.collect = new HandlerFunction(this, 'CollectTranscript', {
      ...props,
      handler: 'prep/collect-transcript',
      environment: stepEnvironment(props),
    });
    allowObjects(this.collect.role!, storage.artifacts, 'tenants/', ['read']);
    allowFacts(this.collect.role!, storage.bus);
  }

  step(river: Construct) {
    return call(river, 'Prepare the assets', 'Preparing failed', this.normalize);
  }

  /** What is said in the reference. However it ends, `collectStep` is next. */
  transcribeStep(river: Construct) {
    const [component, ...others] = this.props.components.filter(({ role }) => role === 'transcribe');
    if (!component || others.length > 0)
      throw new Error(`expected one component with the role transcribe, found ${others.length + (component ? 1 : 0)}`);
    const { id, version, priceClass } = component;
    return batchStep(river, 'Write down what is said', 'Writing down what is said failed', {
      stage: 'prep',
      queue: `"${this.props.queueArn}"`,
      worker: `(${JSON.stringify({ id, version, priceClass })})`,
      environment: {
        FRAMEWRIGHT_TRANSCRIBE:
          '$string({ "jobId": $states.input.job.jobId, "tenant": $states.input.job.tenant, "sound": $states.input.prep.sound })',
      },
      timeoutSeconds: this.props.config.transcribeTimeoutSeconds,
    });
  }

  collectStep(river: Construct) {
    return call(river, 'Collect the transcript', 'Collecting the transcript failed', this.collect);
  }
}
