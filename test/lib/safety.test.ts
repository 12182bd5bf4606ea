import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { readConfig } from '#lib/config';
import { readTenantPolicies } from '#lib/safety-policies';
import tenant from '../../contracts/examples/tenant-safety-policy/acme.json' with { type: 'json' };
import { resources, synthesize, type Template } from './synthesized.ts';

const folder = mkdtempSync(join(tmpdir(), 'policy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const withFiles = (files: Readonly<Record<string, unknown>>): string => {
  const place = mkdtempSync(join(folder, 'case-'));
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(place, name), typeof content === 'string' ? content : JSON.stringify(content));
  return place;
};

describe('policies of tenants', () => {
  it('are read from one folder, one file a tenant', () => {
    const read = readTenantPolicies(withFiles({ 'acme.json': tenant, 'README.md': 'nothing' }));
    expect(read.map(({ tenant: name }) => name)).toEqual(['acme']);
    expect(readConfig({ projectRoot: '/nowhere' }).tenantPolicies).toEqual([]);
  });

  it.each([
    [
      'is laxer',
      { 'a.json': { ...tenant, thresholds: { hate: { review: 0.6 } } } },
      /a\.json may only be stricter[\s\S]*thresholds\.hate\.review: expected at most 0\.5.*found 0\.6/,
    ],
    ['is no JSON', { 'a.json': '{' }, /a\.json: expected JSON/],
    ['has a key that nobody knows', { 'a.json': { ...tenant, treshold: 1 } }, /a\.json[\s\S]*treshold/],
    [
      'has a consent that ends before it begins',
      { 'a.json': { ...tenant, consents: [{ ...tenant.consents[0], until: '2020-01-01T00:00:00Z' }] } },
      /until/,
    ],
    ['is there twice', { 'a.json': tenant, 'b.json': tenant }, /found two for acme/],
  ])('stop the deployment when one %s', (_, files, error) => {
    expect(() => readConfig({ projectRoot: '/nowhere', safetyPolicies: withFiles(files) })).toThrow(error);
  });

  it('have to be where the deployment says', () => {
    expect(() => readConfig({ projectRoot: '/nowhere', safetyPolicies: 'policies' })).toThrow(
      'expected a folder /nowhere/policies, found none',
    );
  });
});

describe('services of AWS', () => {
  const cloudVoters = { rekognitionLabels: true, guardrail: { id: 'abc123', version: '2', sees: ['text', 'pictures'] } };

  it('are asked for in words that are understood, and on AWS only', () => {
    expect(readConfig({ projectRoot: '/nowhere', cloudVoters: JSON.stringify(cloudVoters) }).cloudVoters).toEqual(cloudVoters);
    expect(() => readConfig({ projectRoot: '/nowhere', cloudVoters: 'rekognition' })).toThrow(/expected JSON/);
    expect(() => readConfig({ projectRoot: '/nowhere', cloudVoters: '{"rekognition":true}' })).toThrow(/cloudVoters/);
    expect(() =>
      readConfig({ projectRoot: '/nowhere', cloudVoters: '{"guardrail":{"id":"a","version":"DRAFT","sees":["text"]}}' }),
    ).toThrow(/DRAFT/);
    expect(() => readConfig({ projectRoot: '/nowhere', environment: 'local', cloudVoters: '{"rekognitionLabels":true}' })).toThrow(
      /local deployment/,
    );
  });

  const allowed = (template: string, word: string): { actions: string[]; resources: string }[] =>
    Object.entries((JSON.parse(template) as Template).Resources)
      .filter(([id, { Type }]) => Type === 'AWS::IAM::Policy' && id.startsWith(word))
      // biome-ignore lint/suspicious/noExplicitAny: the properties of a template have no type
      .flatMap(([, { Properties }]) => (Properties as any).PolicyDocument.Statement)
      .map(({ Action, Resource }: { Action: string | string[]; Resource: unknown }) => ({
        actions: [Action].flat(),
        resources: JSON.stringify(Resource),
      }));

  it('may be called by the doors of safety, those that are switched on and no others', () => {
    vi.stubEnv('CDK_VALIDATION', 'false'); // CloudFormation's own schemas are looked at by synthesis.test.ts
    const { Pipeline = '' } = synthesize('aws', undefined, undefined, { cloudVoters });
    vi.unstubAllEnvs();
    for (const door of ['SafetyScreenBrief', 'SafetyScreenClip']) {
      const cloud = allowed(Pipeline, door).filter(({ actions }) =>
        actions.some((action) => /^(rekognition|bedrock|comprehend):/.test(action)),
      );
      expect(cloud.flatMap(({ actions }) => actions.filter((action) => !action.startsWith('xray:'))).sort()).toEqual([
        'bedrock:ApplyGuardrail',
        'rekognition:DetectModerationLabels',
      ]);
      expect(cloud.find(({ actions }) => actions[0]?.startsWith('bedrock'))?.resources).toContain(':guardrail/abc123');
    }
    expect(
      allowed(Pipeline, 'Publish')
        .flatMap(({ actions }) => actions)
        .filter((action) => /rekognition|bedrock/.test(action)),
    ).toEqual([]);
  });

  it('are none by default', () => {
    expect(JSON.stringify(resources('AWS::IAM::Policy'))).not.toMatch(/rekognition|bedrock|comprehend/);
  });
});

describe('what publishing believes', () => {
  const statements = resources('AWS::IAM::Policy').flatMap(({ id, properties }) =>
    properties.PolicyDocument.Statement.map((statement: { Action: string | string[]; Resource: unknown }) => ({
      id,
      actions: [statement.Action].flat(),
      resource: JSON.stringify(statement.Resource),
    })),
  );

  it('can be written by the doors of safety alone', () => {
    const writers = statements.filter(({ actions, resource }) => actions.includes('s3:PutObject') && resource.includes('/verdicts/'));
    expect([...new Set(writers.map(({ id }) => id.replace(/Role.*/, '')))].sort()).toEqual(['SafetyScreenBrief', 'SafetyScreenClip']);
  });

  it('is read by publishing, and by the screening of clips, which finds there what was read in the pictures of the brief', () => {
    const readers = statements.filter(({ actions, resource }) => actions.includes('s3:GetObject') && resource.includes('/verdicts/'));
    expect([...new Set(readers.map(({ id }) => id.replace(/Role.*/, '')))].sort()).toEqual(['PublishDeliver', 'SafetyScreenClip']);
  });

  it('is asked for by a function that only the pipeline may invoke', () => {
    const callers = statements.filter(
      ({ actions, resource }) => actions.includes('lambda:InvokeFunction') && resource.includes('PublishDeliver'),
    );
    expect([...new Set(callers.map(({ id }) => id.replace(/DefaultPolicy.*/, '')))]).toEqual(['PipelineRole']);
    const opened = resources('AWS::Lambda::Permission').map(({ properties }) => JSON.stringify(properties.FunctionName));
    expect(opened.filter((name) => name.includes('PublishDeliver'))).toEqual([]);
  });
});

describe('the deny list of faces', () => {
  const likenessList = 's3://acme-legal/faces/deny-list.json';

  it('is named by one place of one file', () => {
    expect(readConfig({ projectRoot: '/nowhere', likenessList }).likenessList).toBe(likenessList);
    expect(readConfig({ projectRoot: '/nowhere' }).likenessList).toBeUndefined();
    for (const wrong of ['faces.json', 's3://acme-legal', 's3://acme-legal/', 's3://acme-legal/*', 'https://acme.com/list'])
      expect(() => readConfig({ projectRoot: '/nowhere', likenessList: wrong }), wrong).toThrow(/expected s3/);
  });

  it('may be read by the two doors of safety and by nobody else', () => {
    vi.stubEnv('CDK_VALIDATION', 'false');
    const texts = synthesize('aws', undefined, undefined, { likenessList });
    vi.unstubAllEnvs();
    const templates = Object.fromEntries(Object.entries(texts).map(([stack, text]): [string, Template] => [stack, JSON.parse(text)]));
    const told = resources('AWS::Lambda::Function', templates).filter(
      ({ properties }) => properties.Environment?.Variables?.FRAMEWRIGHT_LIKENESS_LIST === likenessList,
    );
    expect(told.map(({ id }) => id.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual(['SafetyScreenBrief', 'SafetyScreenClip']);
    const readers = resources('AWS::IAM::Policy', templates).filter(({ properties }) => JSON.stringify(properties).includes('acme-legal'));
    expect(readers).toHaveLength(2);
    for (const { id, properties } of readers) {
      expect(id).toContain('SafetyScreen');
      expect(JSON.stringify(properties)).toContain(':s3:::acme-legal/faces/deny-list.json"');
    }
  });
});
