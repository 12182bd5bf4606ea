import { Aws, Stack } from 'aws-cdk-lib';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { placeOf } from '../assets.ts';
import { accept, allowFacts, allowObjects } from '../patterns/grants.ts';
import { HandlerFunction } from '../patterns/handler-function.ts';
import { allowPolicies, deployedPolicies } from '../patterns/safety-policies.ts';
import { call } from '../pipeline/steps.ts';
import { type StageContext, stepEnvironment } from './context.ts';

/** Looks twice: at what a brief brings before money is spent, and at the clip before anyone outside can see it. */
export class SafetyStage extends Construct {
  private readonly brief: HandlerFunction;
  private readonly clip: HandlerFunction;

  constructor(scope: Construct, id: string, context: StageContext) {
    super(scope, id);
    const { storage, config } = context;
    const policies = deployedPolicies(this, context);
    const environment = {
      ...stepEnvironment(context),
      FRAMEWRIGHT_SAFETY_POLICIES: placeOf(policies),
      FRAMEWRIGHT_CLOUD_VOTERS: JSON.stringify(config.cloudVoters),
      ...(config.likenessList && { FRAMEWRIGHT_LIKENESS_LIST: config.likenessList }),
    };
    this.brief = new HandlerFunction(this, 'ScreenBrief', { ...context, handler: 'safety/screen-brief', environment });
    this.clip = new HandlerFunction(this, 'ScreenClip', { ...context, handler: 'safety/screen-clip', environment });
    for (const screen of [this.brief, this.clip]) {
      const role = screen.role!;
      allowObjects(role, storage.artifacts, 'tenants/', ['read']);
      allowObjects(role, storage.artifacts, 'verdicts/', ['write']);
      allowPolicies(role, policies);
      if (config.likenessList) allowLikenessList(role, config.likenessList);
      this.allowCloudVoters(role, context);
      allowFacts(role, storage.bus);
    }
    // The words that were read in the brief's pictures.
    allowObjects(this.clip.role!, storage.artifacts, 'verdicts/', ['read']);
  }

  briefStep(river: Construct) {
    return call(river, 'Screen the brief', 'Screening the brief failed', this.brief);
  }

  clipStep(render: Construct) {
    return call(render, 'Screen the clip', 'Screening the clip failed', this.clip);
  }

  /** Exactly the services that the deployment switched on. */
  private allowCloudVoters(role: IRole, { config: { cloudVoters } }: StageContext): void {
    const { rekognitionLabels, rekognitionCelebrities, guardrail, comprehendToxicity } = cloudVoters;
    const actions = [
      ...(rekognitionLabels ? ['rekognition:DetectModerationLabels'] : []),
      ...(rekognitionCelebrities ? ['rekognition:RecognizeCelebrities'] : []),
      ...(comprehendToxicity ? ['comprehend:DetectToxicContent'] : []),
    ];
    if (actions.length > 0) {
      role.addToPrincipalPolicy(new PolicyStatement({ actions, resources: ['*'] }));
      accept(role, 'IAM5[Resource::*]', 'Rekognition and Comprehend look at bytes that are sent along: there is no resource to name');
    }
    if (guardrail)
      role.addToPrincipalPolicy(
        new PolicyStatement({
          actions: ['bedrock:ApplyGuardrail'],
          resources: [Stack.of(this).formatArn({ service: 'bedrock', resource: 'guardrail', resourceName: guardrail.id })],
        }),
      );
  }
}

/** Reading that one file; a bucket with a key of its own has to let these two roles decrypt. */
function allowLikenessList(role: IRole, location: string): void {
  const arn = `arn:${Aws.PARTITION}:s3:::${location.replace('s3://', '')}`;
  role.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: [arn] }));
}
