import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { handlers } from '#lib/handlers';
import { names } from '#lib/names';
import { awsTemplates, localTemplates, resources } from './synthesized.ts';

const functions = resources('AWS::Lambda::Function');

it('deploys every handler of the list, once, and nothing else', () => {
  expect(functions.map(({ properties }) => properties.FunctionName).sort()).toEqual(handlers.map(([name]) => names.function(name)).sort());
});

it('gives each function its own role, its own log group with an end, and a time limit', () => {
  const roles = functions.map(({ properties }) => JSON.stringify(properties.Role));
  expect(new Set(roles).size).toBe(functions.length);
  const groups = new Map(resources('AWS::Logs::LogGroup').map(({ id, properties }) => [id, properties]));
  for (const { properties } of functions) {
    expect(groups.get(properties.LoggingConfig.LogGroup.Ref)?.RetentionInDays).toBe(90);
    expect(properties).toMatchObject({ Architectures: ['x86_64'], TracingConfig: { Mode: 'Active' } });
    expect(properties.Timeout).toBeGreaterThan(0);
  }
});

it('keeps every log for a while and none for ever', () => {
  for (const { id, properties } of resources('AWS::Logs::LogGroup')) expect(properties.RetentionInDays, id).toBe(90);
});

it('keeps what cannot be delivered for two weeks, over TLS, behind every queue', () => {
  const queues = resources('AWS::SQS::Queue');
  const working = queues.filter(({ properties }) => properties.RedrivePolicy);
  expect(working).toHaveLength(2);
  expect(queues).toHaveLength(4);
  for (const { id, properties } of queues) {
    expect(properties.MessageRetentionPeriod, id).toBe(14 * 24 * 3600);
    const policy = resources('AWS::SQS::QueuePolicy').find((one) =>
      one.properties.Queues.some((queue: { Ref: string }) => queue.Ref === id),
    );
    expect(JSON.stringify(policy?.properties.PolicyDocument), id).toContain('"aws:SecureTransport":"false"');
  }
  for (const { properties } of working) expect(properties.RedrivePolicy.maxReceiveCount).toBe(5);
});

it('puts back only the messages of a batch that failed, and hides them longer than a call may take', () => {
  const mappings = resources('AWS::Lambda::EventSourceMapping');
  expect(mappings).toHaveLength(2);
  for (const { properties } of mappings) {
    expect(properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    const queue = resources('AWS::SQS::Queue').find(({ id }) => id === properties.EventSourceArn['Fn::GetAtt'][0]);
    const target = functions.find(({ id }) => id === properties.FunctionName.Ref);
    expect(queue?.properties.VisibilityTimeout).toBe(6 * target?.properties.Timeout);
  }
});

it('hears the bus, Batch and the pipeline for the ledger, the pipeline and the bus for review, and uploads for intake', () => {
  const patterns = resources('AWS::Events::Rule')
    .filter(({ stack }) => stack === 'Pipeline')
    .flatMap(({ properties }) => properties.EventPattern ?? []); // schedules have none
  expect(patterns.map((pattern) => pattern.source[0]).sort()).toEqual([
    'aws.batch',
    'aws.s3',
    'aws.states',
    'aws.states',
    'framewright',
    'framewright',
  ]);
});

it('tells a handler the names its stage asked for and points it to ffmpeg where it lies', () => {
  const variables = (name: string, found = functions) =>
    found.find(({ properties }) => properties.FunctionName === names.function(name))?.properties.Environment.Variables;
  expect(
    Object.keys(variables('prep/normalize-assets'))
      .filter((one) => one.startsWith('FRAMEWRIGHT'))
      .sort(),
  ).toEqual([
    'FRAMEWRIGHT_ARTIFACTS_BUCKET',
    'FRAMEWRIGHT_BUS',
    'FRAMEWRIGHT_FFMPEG',
    'FRAMEWRIGHT_FFPROBE',
    'FRAMEWRIGHT_INTAKE_BUCKET',
    'FRAMEWRIGHT_MODELS',
  ]);
  expect(variables('prep/normalize-assets').FRAMEWRIGHT_FFMPEG).toBe('/opt/bin/ffmpeg');
  const local = resources('AWS::Lambda::Function', localTemplates());
  expect(variables('prep/normalize-assets', local).FRAMEWRIGHT_FFMPEG).toBe('/work/.framewright/media/ffmpeg');
});

it('gives the layers of models of its stack to every function that opens one, locally as on AWS, and to no other', () => {
  for (const templates of [awsTemplates(), localTemplates()]) {
    const found = resources('AWS::Lambda::Function', templates);
    const layers = resources('AWS::Lambda::LayerVersion', templates).filter(({ properties }) =>
      properties.Description.startsWith('Model files for '),
    );
    expect(layers).toHaveLength(3); // the machine's two, and one that reads what reviewers type
    for (const [name, spec] of handlers) {
      const { Layers = [], Environment } =
        found.find(({ properties }) => properties.FunctionName === names.function(name))?.properties ?? {};
      const has = layers
        .filter(({ id }) => Layers.some((each: unknown) => JSON.stringify(each) === JSON.stringify({ Ref: id })))
        .map(({ properties }) => String(properties.Description).split(' ')[3]);
      expect([name, [...new Set(has)].toSorted()]).toEqual([name, [...(spec.models ?? [])]]);
      const { FRAMEWRIGHT_MODELS, FRAMEWRIGHT_WORD_MODELS } = Environment.Variables;
      const models: readonly string[] = spec.models ?? [];
      expect([name, FRAMEWRIGHT_MODELS, FRAMEWRIGHT_WORD_MODELS]).toEqual([
        name,
        models.includes('pictures') ? '/opt/models' : undefined,
        models.includes('words') ? '/opt/word-models' : undefined,
      ]);
    }
  }
});

it('starts only what takes in frames with a small room for short-lived objects, by an option that Node takes from the environment', () => {
  for (const templates of [awsTemplates(), localTemplates()])
    for (const { properties } of resources('AWS::Lambda::Function', templates).filter(({ properties }) => properties.FunctionName)) {
      const screens = properties.FunctionName === names.function('safety/screen-clip');
      expect([properties.FunctionName, properties.Environment?.Variables.NODE_OPTIONS]).toEqual([
        properties.FunctionName,
        screens ? '--max-semi-space-size=1' : undefined,
      ]);
    }
  const environment = { NODE_OPTIONS: '--max-semi-space-size=1' };
  expect(execFileSync(process.execPath, ['-p', '1'], { env: environment, encoding: 'utf8' })).toBe('1\n');
});
