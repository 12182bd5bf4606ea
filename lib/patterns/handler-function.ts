import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type ILayerVersion, Function as LambdaFunction, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Environment } from '#contracts/environment';
import type { Assets } from '../assets.ts';
import type { Config } from '../config.ts';
import { HANDLERS, type HandlerName, type HandlerSpec, MODEL_FOLDERS, type ModelLayer } from '../handlers.ts';
import { names } from '../names.ts';
import { accept } from './grants.ts';

export interface HandlerFunctionProps {
  readonly handler: HandlerName;
  readonly config: Config;
  readonly assets: Assets;
  /** Exactly the variables that the handler asks for at its door. */
  readonly environment: Partial<Record<keyof Environment, string>>;
  /** Where the handler's spec says `media`. */
  readonly ffmpeg?: ILayerVersion;
  /** Where the handler's spec names layers of models. */
  readonly models?: Readonly<Partial<Record<ModelLayer, ILayerVersion>>>;
}

/** One Lambda of the product with its own role, its own log group and nothing it did not ask for. */
export class HandlerFunction extends LambdaFunction {
  readonly spec: HandlerSpec;

  constructor(scope: Construct, id: string, { handler, config, assets, environment, ffmpeg, models }: HandlerFunctionProps) {
    const spec: HandlerSpec = HANDLERS[handler];
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      logGroupName: names.handlerLogs(handler),
      retention: config.retentionDays.logs,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(scope, `${id}Role`, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `What ${handler} may do`,
    });
    logGroup.grantWrite(role);
    const media = spec.media ? { FRAMEWRIGHT_FFMPEG: config.media.ffmpeg, FRAMEWRIGHT_FFPROBE: config.media.ffprobe } : {};
    const layers = [...(spec.media && ffmpeg ? [ffmpeg] : []), ...(spec.models ?? []).flatMap((layer) => models?.[layer] ?? [])];
    super(scope, id, {
      functionName: names.function(handler),
      description: handler,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.X86_64, // like the GPU machines of Batch: one kind of machine is easier to reason about
      handler: 'index.handler',
      code: assets.handler(handler),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      memorySize: spec.memoryMb,
      timeout: Duration.seconds(spec.timeoutSeconds),
      tracing: config.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      environment: {
        ...environment,
        ...media,
        ...Object.fromEntries((spec.models ?? []).map((layer) => [MODEL_FOLDERS[layer].variable, MODEL_FOLDERS[layer].folder])),
        ...(spec.youngMb ? { NODE_OPTIONS: `--max-semi-space-size=${spec.youngMb}` } : {}),
        POWERTOOLS_TRACE_ENABLED: String(config.tracing),
      },
      ...(spec.scratchMb ? { ephemeralStorageSize: Size.mebibytes(spec.scratchMb) } : {}),
      ...(layers.length > 0 ? { layers } : {}),
    });
    this.spec = spec;
    if (config.tracing) accept(role, 'IAM5[Resource::*]', 'X-Ray takes segments without a resource to name');
  }
}
