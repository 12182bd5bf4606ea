import { Construct } from 'constructs';
import { allowFacts, allowObjects } from '../patterns/grants.ts';
import { HandlerFunction } from '../patterns/handler-function.ts';
import { call } from '../pipeline/steps.ts';
import { type StageContext, stepEnvironment } from './context.ts';

/** Looks twice: at the words before money is spent, and at the pictures before anyone outside can see them. */
export class SafetyStage extends Construct {
  private readonly brief: HandlerFunction;
  private readonly clip: HandlerFunction;

  constructor(scope: Construct, id: string, context: StageContext) {
    super(scope, id);
    const { storage } = context;
    const environment = stepEnvironment(context);
    this.brief = new HandlerFunction(this, 'ScreenBrief', { ...context, handler: 'safety/screen-brief', environment });
    this.clip = new HandlerFunction(this, 'ScreenClip', { ...context, handler: 'safety/screen-clip', environment });
    for (const screen of [this.brief, this.clip]) {
      allowObjects(screen.role!, storage.artifacts, 'tenants/', ['read']);
      allowFacts(screen.role!, storage.bus);
    }
  }

  briefStep(river: Construct) {
    return call(river, 'Screen the brief', 'Screening the brief failed', this.brief);
  }

  clipStep(render: Construct) {
    return call(render, 'Screen the clip', 'Screening the clip failed', this.clip);
  }
}
