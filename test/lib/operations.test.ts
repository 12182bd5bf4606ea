import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { AnsweredQuestion, CostFact, PublishedClip, ReworkedShot, StoppedJob } from '#contracts/ledger';
import { ANSWERED_COLUMNS, COST_COLUMNS, PUBLISHED_COLUMNS, REWORKED_COLUMNS, STOPPED_COLUMNS, VIEWS } from '#lib/operations/cost-sql';
import { awsTemplates, resources, root } from './synthesized.ts';

const alarms = resources('AWS::CloudWatch::Alarm');
const pages = readdirSync(join(root, 'docs/runbooks'))
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .sort();

it('has a page for every alarm and an alarm for every page', () => {
  const named = alarms.map(({ properties }) => /docs\/runbooks\/([a-z-]+\.md)$/.exec(properties.AlarmDescription)?.[1]);
  expect(named.toSorted()).toEqual(pages);
});

it.each(pages)('%s says what people lose, where to look, what to do, what not to do, and when it is over', (page) => {
  const text = readFileSync(join(root, 'docs/runbooks', page), 'utf8');
  expect(text).toMatch(new RegExp(`^# ${page.replace('.md', '')}\n\n\\*[A-Z][^*]+\\.\\*`));
  for (const heading of ['Look', 'Usually', 'Do', 'Do not', 'Over when']) expect(text).toContain(`**${heading}:**`);
  expect(readFileSync(join(root, 'docs/runbooks/README.md'), 'utf8')).toContain(`(${page})`);
});

it('begins each page with the sentence that the alarm says', () => {
  for (const { properties } of alarms) {
    const [, impact, page] = /^(.*) Runbook: (.*)$/.exec(properties.AlarmDescription) ?? [];
    expect(readFileSync(join(root, page!), 'utf8'), page).toContain(`*${impact}*`);
  }
});

it('wakes somebody for each alarm, and for none while the product is idle', () => {
  for (const { properties } of alarms) {
    expect(properties.AlarmActions).toHaveLength(1);
    expect(properties.TreatMissingData).toBe('notBreaching');
  }
});

it('watches dead letters, failures, waiting briefs, waiting reviews and spend', () => {
  const watched = alarms.map(({ properties }) => properties.MetricName);
  expect(watched.filter((name) => name === 'ApproximateNumberOfMessagesVisible')).toHaveLength(2);
  expect(watched).toEqual(
    expect.arrayContaining([
      'ExecutionsFailed',
      'ExecutionsTimedOut',
      'ApproximateAgeOfOldestMessage',
      'OldestReviewSeconds',
      'SpendMicroUsd',
    ]),
  );
});

it('watches only metrics of ours that some handler writes', () => {
  const written = ['lambdas', 'containers'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(root, room, name), 'utf8')),
  );
  const ours = alarms.filter(({ properties }) => properties.Namespace === 'Framewright').map(({ properties }) => properties.MetricName);
  for (const name of ours)
    expect(
      written.some((text) => text.includes(`addMetric('${name}'`)),
      name,
    ).toBe(true);
});

it('reads every field of the facts in Athena, the day as the partition', () => {
  for (const [columns, { shape }] of [
    [COST_COLUMNS, CostFact],
    [REWORKED_COLUMNS, ReworkedShot],
    [PUBLISHED_COLUMNS, PublishedClip],
    [ANSWERED_COLUMNS, AnsweredQuestion],
    [STOPPED_COLUMNS, StoppedJob],
  ] as const)
    expect([...Object.keys(columns), 'day'].sort()).toEqual(Object.keys(shape).sort());
  const cost = resources('AWS::Glue::Table').find(({ properties }) => properties.TableInput.Name === 'cost');
  expect(cost?.properties.TableInput.PartitionKeys).toEqual([{ Name: 'day', Type: 'string' }]);
  expect(cost?.properties.TableInput.Parameters).toMatchObject({ 'projection.enabled': 'true', 'projection.day.type': 'date' });
});

it('stores views the way Athena reads them back', () => {
  const views = resources('AWS::Glue::Table').filter(({ properties }) => properties.TableInput.TableType === 'VIRTUAL_VIEW');
  expect(views.map(({ properties }) => properties.TableInput.Name).sort()).toEqual(Object.keys(VIEWS).sort());
  for (const { properties } of views) {
    const packed = /^\/\* Presto View: (\S+) \*\/$/.exec(properties.TableInput.ViewOriginalText)?.[1] ?? '';
    const view = JSON.parse(Buffer.from(packed, 'base64').toString('utf8'));
    expect(view.originalSql).toBe(VIEWS[properties.TableInput.Name]?.sql);
    expect(view.columns.map(({ name }: { name: string }) => name)).toEqual(
      properties.TableInput.StorageDescriptor.Columns.map(({ Name }: { Name: string }) => Name),
    );
  }
});

it('names its outputs as the command line asks for them', () => {
  const outputs = Object.values(awsTemplates()).flatMap(({ Outputs = {} }) => Object.keys(Outputs));
  for (const name of [
    'IntakeBucket',
    'ArtifactsBucket',
    'DeliverablesBucket',
    'LedgerBucket',
    'Table',
    'BusName',
    'PipelineArn',
    'DecideFunction',
    'SigningKeyId',
    'GenerateQueue',
    'PostQueue',
    'ApiUrl',
    'UserPoolId',
    'ClientId',
    'ConsoleBucket',
    'ConsoleUrl',
  ])
    expect(outputs).toContain(name);
});
