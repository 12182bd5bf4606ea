import { Chain, Choice, Condition, type CustomState } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { jsonata } from './expressions.ts';
import { onError } from './steps.ts';

export interface RenderStages {
  readonly plan: CustomState;
  /** Batch takes arrays of two and more; a clip of one shot is a plain job. */
  readonly generateShots: CustomState;
  readonly generateShot: CustomState;
  /** Passes only work on whose spot machines were taken back. */
  readonly judgeReclaims: CustomState;
  readonly generateShotsOnDemand: CustomState;
  readonly generateShotOnDemand: CustomState;
  readonly collectWindows: CustomState;
  readonly post: CustomState;
  readonly collectClip: CustomState;
  readonly screenClip: CustomState;
}

/** One render, whatever its tier: plan, generate, post, safety. The pipeline runs it for the preview and again for the final. */
export function renderDefinition(scope: Construct, stage: RenderStages): Chain {
  const finish = stage.collectWindows.next(stage.post).next(stage.collectClip).next(stage.screenClip);
  const several = Condition.jsonata(jsonata('$states.input.plan.shots > 1'));
  const lifeboat = stage.judgeReclaims.next(
    new Choice(scope, 'How many shots on demand?')
      .when(several, stage.generateShotsOnDemand.next(finish))
      .otherwise(stage.generateShotOnDemand.next(finish)),
  );
  for (const onSpot of [stage.generateShots, stage.generateShot]) onError(onSpot, ['States.TaskFailed'], lifeboat);
  const shots = new Choice(scope, 'How many shots?')
    .when(several, stage.generateShots.next(finish))
    .otherwise(stage.generateShot.next(finish));
  return Chain.start(stage.plan).next(shots);
}
