import { Construct } from 'constructs';
import { allowFacts, allowObjects } from '../patterns/grants.ts';
import { HandlerFunction } from '../patterns/handler-function.ts';
import { batchStep } from '../pipeline/batch-step.ts';
import { call } from '../pipeline/steps.ts';
import { type StageContext, stepEnvironment } from './context.ts';

export interface PostProps extends StageContext {
  readonly queueArn: string;
}

/** Windows become a clip: blended, composited with the real product, captioned, encoded. */
export class PostStage extends Construct {
  private readonly collect: HandlerFunction;
  private readonly props: PostProps;

  constructor(scope: Construct, id: string, props: PostProps) {
    super(scope, id);
    this.props = props;
    this.collect = new HandlerFunction(this, 'Collect', { ...props, handler: 'post/collect-clip', environment: stepEnvironment(props) });
    allowObjects(this.collect.role!, props.storage.artifacts, 'tenants/', ['read']);
    allowFacts(this.collect.role!, props.storage.bus);
  }

  step(render: Construct) {
    return batchStep(render, 'Finish the clip', 'Finishing the clip failed', {
      stage: 'post',
      queue: `"${this.props.queueArn}"`,
      worker: '$states.input.plan.workers.post',
      environment: { FRAMEWRIGHT_PREP: '$string($states.input.prep)' },
      timeoutSeconds: this.props.config.postTimeoutSeconds,
    });
  }

  collectStep(render: Construct) {
    return call(render, 'Collect the clip', 'Collecting the clip failed', this.collect);
  }
}
