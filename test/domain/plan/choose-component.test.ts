import { describe, expect, it } from 'vitest';
import type { Component } from '#contracts/component';
import { chooseMotion, compositeOf, motionPin } from '#domain/plan/choose-component';
import type { KnownComponents } from '#domain/ports';
import { alone, animatic, deployment, post } from './known-components.ts';

const HASH = 'f'.repeat(64);
const open: Component = {
  ...animatic,
  id: 'open-model',
  weights: 'registered',
  files: { 'model.safetensors': { sha256: HASH, bytes: 10 } },
};
const earlier: Component = { ...animatic, version: '0.9.0' };

const known = (over: Partial<KnownComponents> = {}): KnownComponents => ({
  deployment: { ...deployment, components: [...deployment.components, alone(open)] },
  kept: [alone(earlier)],
  bundles: new Set(),
  ...over,
});
const idOf = (pin: string | undefined, over?: Partial<KnownComponents>) => {
  const choice = chooseMotion(pin, known(over));
  if ('refusal' in choice) throw new Error(`expected a choice, found a refusal: ${JSON.stringify(choice.refusal)}`);
  return `${choice.chosen.component.id}@${choice.chosen.component.version}`;
};
const refusal = (pin: string, over?: Partial<KnownComponents>) => {
  const choice = chooseMotion(pin, known(over));
  return 'refusal' in choice ? choice.refusal : undefined;
};

describe('which component renders', () => {
  it("is the deployment's own when nothing is pinned", () => {
    expect(idOf(undefined)).toBe('animatic@1.0.0');
  });

  it('is the deployed version of the pinned component', () => {
    expect(idOf('animatic')).toBe('animatic@1.0.0');
  });

  it('is the pinned version, even when it is no longer the deployed one', () => {
    expect(idOf('animatic@0.9.0')).toBe('animatic@0.9.0');
  });

  it('is never another one than was asked for: an unknown pin is refused and told what there is', () => {
    expect(refusal('sora')).toEqual({ expected: 'one of animatic@1.0.0, open-model@1.0.0, animatic@0.9.0', found: 'sora' });
    expect(refusal('animatic@7.0.0')?.found).toBe('animatic@7.0.0');
  });

  it('is none that does something else', () => {
    expect(refusal('post')?.found).toBe('post, whose role is composite');
  });

  it('is none whose licence, or whose companion’s licence, the deployment does not allow', () => {
    const forbidden = { ...animatic, id: 'forbidden', licence: 'CC-BY-NC-4.0' };
    const denoise: Component = {
      ...post,
      id: 'denoise',
      role: 'denoise',
      stage: 'generate',
      hostedBy: 'hosting',
      licence: 'AGPL-3.0-only',
    };
    const hosting = { component: { ...animatic, id: 'hosting' }, companions: [denoise] };
    const over = { deployment: { ...deployment, components: [alone(forbidden), hosting] } };
    expect(refusal('forbidden', over)).toEqual({ expected: 'a licence of Apache-2.0, MIT', found: 'forbidden@1.0.0 under CC-BY-NC-4.0' });
    expect(refusal('hosting', over)?.found).toBe('denoise@1.0.0 under AGPL-3.0-only');
  });

  it('needs the weights that the customer brings: without them the refusal says how to register them', () => {
    expect(refusal('open-model')?.expected).toContain('framewright components register open-model');
    expect(idOf('open-model', { bundles: new Set([HASH]) })).toBe('open-model@1.0.0');
  });

  it('is no component whose weights nobody has hashed yet', () => {
    const over = { deployment: { ...deployment, components: [alone({ ...open, files: {} })] }, bundles: new Set([HASH]) };
    expect(refusal('open-model', over)).toBeDefined();
  });
});

it("takes the brief's pin before the template's", () => {
  expect(motionPin({ components: { motion: 'a' } }, { components: { motion: 'b' } })).toBe('a');
  expect(motionPin({}, { components: { motion: 'b' } })).toBe('b');
  expect(motionPin({}, {})).toBeUndefined();
});

it('finishes clips in one way only', () => {
  expect(compositeOf(known()).component.id).toBe('post');
  expect(() => compositeOf(known({ deployment: { ...deployment, components: [alone(post), alone(post)] } }))).toThrow('found 2');
});
