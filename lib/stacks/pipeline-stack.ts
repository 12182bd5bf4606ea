import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { Architecture, LayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { type Assets, placeOf } from '../assets.ts';
import { deploymentOf } from '../compute/deployment.ts';
import type { Config } from '../config.ts';
import { names } from '../names.ts';
import { modelsLayer } from '../patterns/models-layer.ts';
import { RiverMachine } from '../patterns/state-machine.ts';
import type { WatchedQueue } from '../patterns/watched-queue.ts';
import { pipelineDefinition } from '../pipeline/definition.ts';
import { allowBatch, allowCalls, allowRenders } from '../pipeline/machine-rights.ts';
import { pipelineTimeoutSeconds, renderTimeoutSeconds } from '../pipeline/patience.ts';
import { renderDefinition } from '../pipeline/render.ts';
import { renderStep } from '../pipeline/render-step.ts';
import { GenerateStage } from '../stages/generate.ts';
import { IntakeStage } from '../stages/intake.ts';
import { LedgerStage } from '../stages/ledger.ts';
import { PlanStage } from '../stages/plan.ts';
import { PostStage } from '../stages/post.ts';
import { PrepStage } from '../stages/prep.ts';
import { PublishStage } from '../stages/publish.ts';
import { ReviewStage, ReviewUpkeep } from '../stages/review.ts';
import { SafetyStage } from '../stages/safety.ts';
import type { ComputeStack } from './compute-stack.ts';
import type { StorageStack } from './storage-stack.ts';

export interface PipelineStackProps extends StackProps {
  readonly config: Config;
  readonly assets: Assets;
  readonly storage: StorageStack;
  readonly compute: ComputeStack;
}

/** The river: one construct a stage, two machines that know the order, and the ledger below. */
export class PipelineStack extends Stack {
  readonly pipeline: StateMachine;
  readonly render: StateMachine;
  readonly arrivals: WatchedQueue;
  readonly facts: WatchedQueue;

  constructor(scope: Construct, id: string, { config, assets, storage, compute, ...props }: PipelineStackProps) {
    super(scope, id, props);
    const ffmpeg = new LayerVersion(this, 'Ffmpeg', {
      description: 'ffmpeg and ffprobe under /opt/bin',
      code: assets.ffmpegLayer(this),
      compatibleArchitectures: [Architecture.X86_64],
    });
    const models = { pictures: modelsLayer(this, 'pictures', assets), words: modelsLayer(this, 'words', assets) };
    const deployment = assets.deployment(this, JSON.stringify(deploymentOf(compute.components, config)));
    const context = { config, assets, storage, ffmpeg, models, deployment };
    const intake = new IntakeStage(this, 'Intake', context);
    const prep = new PrepStage(this, 'Prep', { ...context, queueArn: compute.postQueueArn, components: compute.components });
    const safety = new SafetyStage(this, 'Safety', context);
    const plan = new PlanStage(this, 'Plan', context);
    const generate = new GenerateStage(this, 'Generate', {
      ...context,
      queueArns: { gpu: compute.generateQueueArn, cpu: compute.postQueueArn, lifeboat: compute.lifeboatQueueArn },
    });
    const post = new PostStage(this, 'Post', { ...context, queueArn: compute.postQueueArn });
    const review = new ReviewStage(this, 'Review', context);
    new ReviewUpkeep(this, 'ReviewUpkeep', context);
    const publish = new PublishStage(this, 'Publish', context);
    const ledger = new LedgerStage(this, 'Ledger', context);
    this.arrivals = intake.queue;
    this.facts = ledger.queue;

    const render = new Construct(this, 'RenderStates');
    this.render = new RiverMachine(this, 'RenderClip', {
      name: names.renderMachine,
      comment: 'One render of a clip, for one tier: plan, generate, post, safety',
      config,
      timeoutSeconds: renderTimeoutSeconds(config),
      definition: renderDefinition(render, {
        plan: plan.step(render),
        generateShots: generate.shotsStep(render),
        generateShot: generate.shotStep(render),
        judgeReclaims: generate.judgeStep(render),
        generateShotsOnDemand: generate.shotsOnDemandStep(render),
        generateShotOnDemand: generate.shotOnDemandStep(render),
        collectWindows: generate.collectStep(render),
        post: post.step(render),
        collectClip: post.collectStep(render),
        screenClip: safety.clipStep(render),
      }),
    });

    const river = new Construct(this, 'PipelineStates');
    this.pipeline = new RiverMachine(this, 'Pipeline', {
      name: names.pipelineMachine,
      comment: 'From an accepted brief to a published clip, or to a refusal with its reason',
      config,
      timeoutSeconds: pipelineTimeoutSeconds(config),
      definition: pipelineDefinition(river, {
        prep: prep.step(river),
        transcribe: prep.transcribeStep(river),
        collectTranscript: prep.collectStep(river),
        screenBrief: safety.briefStep(river),
        renderPreview: renderStep(river, this.render, 'preview', config),
        renderFinal: renderStep(river, this.render, 'final', config),
        askAboutBrief: review.step(river, 'brief'),
        askAboutPreview: review.step(river, 'preview'),
        askAboutFinal: review.step(river, 'final'),
        publish: publish.step(river),
        conclude: publish.concludeStep(river),
      }),
    });
    allowCalls(this.render, [plan, generate, post, safety]);
    allowBatch(this.render, [compute.generateQueueArn, compute.lifeboatQueueArn, compute.postQueueArn]);
    allowCalls(this.pipeline, [prep, safety, review, publish]);
    allowBatch(this.pipeline, [compute.postQueueArn]);
    allowRenders(this.pipeline, this.render);

    new CfnOutput(this, 'DeploymentFileOutput', { value: placeOf(deployment) }).overrideLogicalId('DeploymentFile');
    new CfnOutput(this, 'PipelineOutput', { value: this.pipeline.stateMachineArn }).overrideLogicalId('PipelineArn');
  }
}
