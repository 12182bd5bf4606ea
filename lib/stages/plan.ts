import { Construct } from 'constructs';
import { allowFacts, allowObjects } from '../patterns/grants.ts';
import { HandlerFunction } from '../patterns/handler-function.ts';
import { call } from '../pipeline/steps.ts';
import { allowRegistry, registryEnvironment, type StageContext, stepEnvironment } from './context.ts';

/** Storyboard to shots, prompts and windows. */
export class PlanStage extends Construct {
  private readonly write: HandlerFunction;

  constructor(scope: Construct, id: string, context: StageContext) {
    super(scope, id);
    this.write = new HandlerFunction(this, 'Write', {
      ...context,
      handler: 'plan/write-plan',
      environment: { ...stepEnvironment(context), ...registryEnvironment(context) },
    });
    allowRegistry(this.write.role!, context);
    allowObjects(this.write.role!, context.storage.artifacts, 'tenants/', ['read', 'write']);
    allowFacts(this.write.role!, context.storage.bus);
  }

  step(render: Construct) {
    return call(render, 'Plan the shots', 'Planning failed', this.write);
  }
}
