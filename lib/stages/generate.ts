import { Construct } from 'constructs';
import { allowFacts, allowObjects } from '../patterns/grants.ts';
import { HandlerFunction } from '../patterns/handler-function.ts';
import { batchStep, type DeployedComponent } from '../pipeline/batch-step.ts';
import { call } from '../pipeline/steps.ts';
import { type StageContext, stepEnvironment } from './context.ts';

export interface GenerateProps extends StageContext {
  readonly queueArn: string;
  readonly components: readonly DeployedComponent[];
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
    return batchStep(render, phrase, failure, {
      stage: 'generate',
      queueArn: this.props.queueArn,
      components: this.props.components.filter(({ component }) => component.stage === 'generate'),
      component: '($states.input.plan.component.id & "@" & $states.input.plan.component.version)',
      timeoutSeconds: this.props.config.generateTimeoutSeconds,
      ...(arraySize ? { arraySize } : {}),
    });
  }
}
