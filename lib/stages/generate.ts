import { Construct } from 'constructs';
import { allowFacts, allowObjects } from '../patterns/grants.ts';
import { HandlerFunction } from '../patterns/handler-function.ts';
import { batchStep } from '../pipeline/batch-step.ts';
import { call } from '../pipeline/steps.ts';
import { type StageContext, stepEnvironment } from './context.ts';

export interface GenerateProps extends StageContext {
  /** For components that need a GPU, and for those that need none. */
  readonly queueArns: { readonly gpu: string; readonly cpu: string };
}

/** Moving pictures, window by window, on machines that may vanish. */
export class GenerateStage extends Construct {
  private readonly collect: HandlerFunction;
  private readonly props: GenerateProps;

  constructor(scope: Construct, id: string, props: GenerateProps) {
    super(scope, id);
    this.props = props;
    this.collect = new HandlerFunction(this, 'Collect', {
      ...props,
      handler: 'generate/collect-windows',
      environment: stepEnvironment(props),
    });
    allowObjects(this.collect.role!, props.storage.artifacts, 'tenants/', ['read']);
    allowFacts(this.collect.role!, props.storage.bus);
  }

  /** One child of the array renders one shot. */
  shotsStep(render: Construct) {
    return this.batch(render, 'Generate the shots', 'Generating the shots failed', '$states.input.plan.shots');
  }

  shotStep(render: Construct) {
    return this.batch(render, 'Generate the only shot', 'Generating the only shot failed');
  }

  collectStep(render: Construct) {
    return call(render, 'Collect the windows', 'Collecting the windows failed', this.collect);
  }

  private batch(render: Construct, phrase: string, failure: string, arraySize?: string) {
    const { queueArns, config } = this.props;
    return batchStep(render, phrase, failure, {
      stage: 'generate',
      queue: `$contains($states.input.plan.workers.generate.priceClass, "gpu") ? "${queueArns.gpu}" : "${queueArns.cpu}"`,
      worker: '$states.input.plan.workers.generate',
      environment: { FRAMEWRIGHT_PREP: '$string($states.input.prep)' }, // some components are shown the product
      timeoutSeconds: config.generateTimeoutSeconds,
      ...(arraySize ? { arraySize } : {}),
    });
  }
}
