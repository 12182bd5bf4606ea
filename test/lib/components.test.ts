import { describe, expect, it } from 'vitest';
import { Component } from '#contracts/component';
import { deployable, readManifests } from '#lib/components';
import { deploymentOf } from '#lib/compute/deployment';
import { readConfig } from '#lib/config';
import { resources, root, templatesWith } from './synthesized.ts';

const hash = (digit: string) => digit.repeat(64);
const manifests = readManifests(root);
const animatic = manifests.find(({ id }) => id === 'animatic')!;
const post = manifests.find(({ id }) => id === 'post')!;
const host: Component = {
  ...{ ...animatic, id: 'motion-host', guests: { '1.0.0': { 'denoise-guest': '1.0.0' } } },
  files: { 'host.onnx': { sha256: hash('a'), bytes: 10 } },
};
const guest = Component.parse({
  ...post,
  ...{ id: 'denoise-guest', role: 'denoise', stage: 'generate', hostedBy: 'motion-host', needs: { gpus: 0, vcpus: 1, memoryMiB: 512 } },
  files: { 'guest.onnx': { sha256: hash('b'), bytes: 10 } },
});
const open = (id: string): Component => ({
  ...animatic,
  ...{ id, image: 'motion-diffusers', weights: 'registered', files: { 'model.safetensors': { sha256: hash('c'), bytes: 10 } } },
});
const components = deployable([...manifests, host, guest, open('open-large'), open('open-small')]);
const config = readConfig({ environment: 'aws', projectRoot: root });

describe('a hosted component', () => {
  it('is left out where its host is not deployed, and comes with it otherwise', () => {
    expect(deployable([animatic, guest])).toEqual([animatic]);
    expect(deployable([host, guest])).toEqual([host, guest]);
  });

  it('cannot be larger than the worker it runs in', () => {
    const large = { ...guest, needs: { ...guest.needs, memoryMiB: 1_000_000 } };
    expect(() => deployable([host, large])).toThrow('expected at most 2048 memoryMiB, which its host motion-host has');
  });

  it('cannot rise to another version while its host keeps its own', () => {
    const raised = { ...guest, version: '1.1.0' };
    expect(() => deployable([host, raised])).toThrow(
      /containers\/motion-host\/component\.json: expected guests\["1\.0\.0"\] to be denoise-guest@1\.1\.0, found denoise-guest@1\.0\.0.*raise the version of motion-host too/,
    );
    const guests = { ...host.guests, '1.1.0': { 'denoise-guest': '1.1.0' } };
    expect(() => deployable([{ ...host, guests }, raised])).toThrow('expected guests["1.0.0"] to be denoise-guest@1.1.0');
    expect(deployable([{ ...host, version: '1.1.0', guests }, raised])).toHaveLength(2);
  });

  it('cannot come to a host, or leave it, unsaid', () => {
    const { guests: _, ...unaware } = host;
    expect(() => deployable([unaware, guest])).toThrow('to be denoise-guest@1.0.0, found none');
    expect(() => deployable([host])).toThrow('to be none, found denoise-guest@1.0.0');
  });

  it('is registered with its host', () => {
    const { components: registered } = deploymentOf(components, config);
    expect(registered.find(({ component }) => component.id === 'motion-host')?.companions).toEqual([guest]);
    expect(registered.map(({ component }) => component.id)).not.toContain('denoise-guest');
  });
});

it('has a home for every hosted component in the tree, but for those of the default model while it is being made', () => {
  const homeless = manifests.filter((component) => !deployable(manifests).includes(component));
  expect(homeless.filter(({ hostedBy }) => hostedBy !== 'motion-tiny')).toEqual([]);
});

it('refuses a default component that makes no motion', () => {
  expect(() => deploymentOf(components, { ...config, defaultMotion: 'post' })).toThrow('found post');
});

describe('the template of such components', () => {
  const templates = templatesWith(components);
  const definition = (id: string) =>
    resources('AWS::Batch::JobDefinition', templates).find(({ properties }) => properties.JobDefinitionName === `framewright-${id}-1_0_0`);
  const variable = (id: string, name: string) =>
    JSON.stringify(
      definition(id)?.properties.ContainerProperties.Environment.find(({ Name }: { Name: string }) => Name === name)?.Value ?? null,
    );

  it('has no job definition, no image and no build for a hosted component', () => {
    expect(JSON.stringify(resources(undefined, templates).map(({ id }) => id))).not.toMatch(/denoiseguest/i);
    expect(definition('motion-host')).toBeDefined();
  });

  it('has one image and one build for components that share one, and a job definition for each', () => {
    const repositories = resources('AWS::ECR::Repository', templates).map(({ properties }) => properties.RepositoryName);
    expect(repositories.filter((name: string) => /open|diffusers/.test(name))).toEqual(['framewright/motion-diffusers']);
    for (const id of ['open-large', 'open-small']) {
      expect(JSON.stringify(definition(id)?.properties.ContainerProperties.Image)).toContain('motiondiffusers');
      expect(variable(id, 'FRAMEWRIGHT_COMPONENT')).toBe(`"${id}@1.0.0"`);
    }
  });

  it('tells a worker where its weights and those of its guests lie, and nothing about others', () => {
    const told = variable('motion-host', 'FRAMEWRIGHT_WEIGHTS');
    expect(told).toMatch(/motion-host\/host\.onnx.*s3:\/\/framewright-template-test\/a{64}/);
    expect(told).toMatch(/denoise-guest\/guest\.onnx.*s3:\/\/framewright-template-test\/b{64}/);
    expect(told).not.toContain('open-');
    expect(variable('open-large', 'FRAMEWRIGHT_WEIGHTS')).toMatch(/open-large\/model\.safetensors.*\/bundles\/c{64}/);
    expect(variable('animatic', 'FRAMEWRIGHT_WEIGHTS')).toBe('null');
  });

  it('lets a worker read exactly these objects', () => {
    const policy = resources('AWS::IAM::Policy', templates).find(({ id }) => id.startsWith('Workersmotionhostrole'));
    const [statement] = policy!.properties.PolicyDocument.Statement.filter(({ Resource }: { Resource: unknown }) =>
      JSON.stringify(Resource).includes('a'.repeat(64)),
    );
    expect(statement.Action).toBe('s3:GetObject');
    expect(statement.Resource).toHaveLength(2);
    expect(JSON.stringify(statement.Resource)).not.toContain('*');
  });

  it('keeps weights on the machine between two jobs, where the worker looks for them', () => {
    const { MountPoints, Volumes } = definition('motion-host')!.properties.ContainerProperties;
    expect(MountPoints).toContainEqual(
      expect.objectContaining({ ContainerPath: '/var/cache/framewright-weights', SourceVolume: 'weights' }),
    );
    expect(Volumes).toContainEqual({ Name: 'weights', Host: { SourcePath: '/var/cache/framewright-weights' } });
    const hosts = resources('AWS::EC2::LaunchTemplate', templates);
    for (const { properties } of hosts) expect(JSON.stringify(properties)).toContain('--owner 1000');
  });

  it('keeps the job definitions of a version that is replaced, so that its jobs can end with it', () => {
    for (const { resource } of resources('AWS::Batch::JobDefinition', templates))
      expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    const next = templatesWith(
      deployable(components.map((component) => (component.id === 'animatic' ? { ...component, version: '2.0.0' } : component))),
    );
    const animaticIn = (found: ReturnType<typeof templatesWith>) =>
      resources('AWS::Batch::JobDefinition', found).filter(({ properties }) => properties.JobDefinitionName.includes('animatic'));
    const [before, after] = [animaticIn(templates), animaticIn(next)];
    expect([before, after].map(([one]) => one?.properties.JobDefinitionName)).toEqual([
      'framewright-animatic-1_0_0',
      'framewright-animatic-2_0_0',
    ]);
    expect(after[0]?.id).not.toBe(before[0]?.id); // another resource: the old one is left alone, not changed
  });
});
