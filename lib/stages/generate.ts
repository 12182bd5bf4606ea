import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { accept, allowFacts, allowObjects } from '../patterns/grants.ts';
import { HandlerFunction } from '../patterns/handler-function.ts';
import { batchStep } from '../pipeline/batch-step.ts';
import { call } from '../pipeline/steps.ts';
import { type StageContext, stepEnvironment } from './context.ts';

export interface GenerateProps extends StageContext {
  /** For components that need a GPU, and for those that need none; the lifeboat takes GPU work that reclaims would not let finish. */
  readonly queueArns: { readonly gpu: string; readonly cpu: string; readonly lifeboat: string };
}

/** What is different about a job on the lifeboat. Its workers find what is committed and render the rest. */
const LIFEBOAT = { suffix: '-on-demand', priceClass: 'gpu-on-demand' } as const;

/** Moving pictures, window by window, on machines that may vanish. */
export class GenerateStage extends Construct {
  private readonly collect: HandlerFunction;
  private readonly judge: HandlerFunction;
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
    this.judge = new HandlerFunction(this, 'Judge', { ...props, handler: 'generate/judge-reclaims', environment: stepEnvironment(props) });
    allowFacts(this.judge.role!, props.storage.bus);
    this.judge.addToRolePolicy(new PolicyStatement({ actions: ['batch:DescribeJobs', 'batch:ListJobs'], resources: ['*'] }));
    accept(this.judge.role!, 'IAM5[Resource::*]', 'reading jobs of Batch takes no resource');
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

  /** Asks why the shots failed; what goes on from here has lost its spot machines. */
  judgeStep(render: Construct) {
    return call(render, 'Were the machines taken back?', 'The shots failed', this.judge);
  }

  shotsOnDemandStep(render: Construct) {
    return this.batch(
      render,
      'Generate the shots on demand',
      'Generating the shots on demand failed',
      '$states.input.plan.shots',
      LIFEBOAT,
    );
  }

  shotOnDemandStep(render: Construct) {
    return this.batch(render, 'Generate the only shot on demand', 'Generating the only shot on demand failed', undefined, LIFEBOAT);
  }

  private batch(render: Construct, phrase: string, failure: string, arraySize?: string, lifeboat?: typeof LIFEBOAT) {
    const { queueArns, config } = this.props;
    return batchStep(render, phrase, failure, {
      stage: 'generate',
      queue: lifeboat
        ? `"${queueArns.lifeboat}"`
        : `$contains($states.input.plan.workers.generate.priceClass, "gpu") ? "${queueArns.gpu}" : "${queueArns.cpu}"`,
      ...lifeboat,
      worker: '$states.input.plan.workers.generate',
      environment: { FRAMEWRIGHT_PREP: '$string($states.input.prep)' }, // some components are shown the product
      timeoutSeconds: config.generateTimeoutSeconds,
      ...(arraySize ? { arraySize } : {}),
    });
  }
}
