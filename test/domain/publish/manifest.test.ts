import { describe, expect, it } from 'vitest';
import { Component } from '#contracts/component';
import { RENDER_ASSERTION, RenderRecord } from '#contracts/provenance';
import { makersOf } from '#domain/publish/makers';
import { clipManifest, renderRecord } from '#domain/publish/manifest';
import { animatic, jobComponents, post } from '../plan/known-components.ts';
import { approvedJob, decision, render } from './message.ts';

const trained = Component.parse({ ...animatic, files: { 'weights.safetensors': { sha256: 'f'.repeat(64), bytes: 1 } } });
const denoise: Component = { ...post, id: 'denoise', role: 'denoise', stage: 'generate', hostedBy: 'animatic' };
const generator = { name: 'framewright', version: '1.2.3' };

const final = render('final');
const [clip] = final.post.clips;
const recordOf = (message = approvedJob()) => renderRecord(message, final, clip!, { generate: animatic, post, companions: [denoise] });
const actionsOf = (generate: Component) => JSON.stringify(clipManifest('clip.mp4', recordOf(), generate, generator).assertions[0]);

describe('what a clip says about itself', () => {
  it('never calls a plate drawn by rule AI', () => {
    expect(actionsOf(animatic)).toContain('/compositeSynthetic"');
    expect(actionsOf(animatic)).toContain('/algorithmicMedia');
    expect(actionsOf(animatic)).not.toMatch(/trained/i);
  });

  it('always calls a plate drawn by a trained model AI', () => {
    expect(actionsOf(trained)).toContain('/compositeWithTrainedAlgorithmicMedia"');
  });

  it('begins with its creation and places the product photo, which its hash names', () => {
    const { ingredients, assertions } = clipManifest('clip.mp4', recordOf(), animatic, generator);
    expect(assertions[0]).toMatchObject({
      label: 'c2pa.actions.v2',
      data: { actions: [{ action: 'c2pa.created' }, { action: 'c2pa.placed', parameters: { ingredientIds: ['product-photo'] } }] },
    });
    expect(ingredients).toMatchObject([
      { relationship: 'componentOf', instance_id: `urn:sha256:${'2'.repeat(64)}`, label: 'product-photo' },
    ]);
  });

  it('carries the brief, the plan, the seams, the components, the policies and the approvals it came through', () => {
    const record = recordOf(approvedJob({ finalDecision: decision('final') }));
    expect(RenderRecord.parse(record)).toMatchObject({
      tier: 'final',
      brief: { sha256: '1'.repeat(64) },
      plan: { sha256: 'b'.repeat(64) },
      clip: { sha256: 'c'.repeat(64), width: 320, height: 180, frames: 48 },
      seams: final.post.seams,
      components: [
        { id: 'animatic', version: '1.0.0', stage: 'generate' },
        { id: 'post', version: post.version, stage: 'post' },
        { id: 'denoise', version: '1.0.0', stage: 'generate' },
      ],
      policies: [{ screened: 'brief' }, { screened: 'preview' }, { screened: 'final' }],
      reviews: [
        { subject: 'preview', by: 'rule:low-risk-template' },
        { subject: 'final', by: 'person' },
      ],
    });
    expect(clipManifest('clip.mp4', record, animatic, generator).assertions[1]).toEqual({ label: RENDER_ASSERTION, data: record });
  });

  it('says which take it is once others were sent back, but not what was wrong with them', () => {
    expect(recordOf()).not.toHaveProperty('take');
    const rework = { take: 3, shots: [{ shot: 0, take: 3, description: 'less glare' }] };
    const record = RenderRecord.parse(recordOf(approvedJob({ rework })));
    expect(record.take).toBe(3);
    expect(JSON.stringify(record)).not.toContain('glare');
  });

  it('says that a person approved, but not who: the file is public', () => {
    const record = recordOf(
      approvedJob({ previewDecision: decision('preview', { reviewer: 'ada.lovelace@example.com', reason: 'private' }) }),
    );
    expect(JSON.stringify(record)).not.toMatch(/ada|private/);
  });

  it('is described by what its job chose, with what ran inside', () => {
    const chosen = { ...jobComponents, composite: { component: post, companions: [denoise] } };
    expect(makersOf(final, chosen)).toEqual({ generate: animatic, post, companions: [denoise] });
  });

  it('refuses to describe a clip that other versions made, or whose makers nobody wrote down', () => {
    const odd = { ...final, plan: { ...final.plan, component: { id: 'animatic', version: '0.9.0' } } };
    expect(() => makersOf(odd, jobComponents)).toThrow(/made by animatic@1.0.0 and post@1.0.0.*found one made by animatic@0.9.0/);
    expect(() => makersOf(final, undefined)).toThrow(/found none/);
  });
});
