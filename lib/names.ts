import { ArnFormat, type Stack } from 'aws-cdk-lib';

const JOB_DEFINITIONS = 'framewright-';

/** Names that more than one stack, the command line or a person must know. Everything else is named by CloudFormation. */
export const names = {
  bus: 'framewright',
  reviewApi: 'framewright-review',
  consoleHeaders: 'framewright-console',
  pipelineMachine: 'framewright-pipeline',
  renderMachine: 'framewright-render',
  function: (handler: string) => `framewright-${handler.replace('/', '-')}`,
  handlerLogs: (handler: string) => `/framewright/${handler}`,
  /** Log groups under /aws/vendedlogs/ spare the account's log resource policy, which is limited to 5,120 characters. */
  machineLogs: (machine: string) => `/aws/vendedlogs/states/${machine}`,
  apiLogs: (api: string) => `/aws/vendedlogs/apis/${api}`,
  workerLogs: (component: string) => `/framewright/worker/${component}`,
  /** Versions stand side by side, so that a job finishes with the one it began with. Batch allows no dots in names. */
  jobDefinition: (component: string, version: string) => `${JOB_DEFINITIONS}${component}-${version.replaceAll('.', '_')}`,
  jobDefinitionPrefix: JOB_DEFINITIONS,
  /** The local Batch maps `.../framewright/<image>:<tag>` to a process. */
  repository: (image: string) => `framewright/${image}`,
  /** Written by the publish set-up, read by publish/sign-and-deliver. */
  certificateParameter: '/framewright/signing/chain',
  anchorsParameter: '/framewright/signing/anchors',
  /** CloudWatch namespace of every metric the handlers write. */
  metrics: 'Framewright',
} as const;

/** Known before the machine exists, so that a function the machine calls may answer it without a circle of references. */
export const machineArn = (stack: Stack, name: string): string =>
  stack.formatArn({ service: 'states', resource: 'stateMachine', resourceName: name, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
