import { createHash } from 'node:crypto';
import type { Component } from '#contracts/component';
import { canonicalJson } from '#domain/plan/canonical-json';
import type { WindowJob } from './render-window.ts';

/**
 * Names the frames of a window by all that they depend on: networks and their weights, words, colors, seed, moment, shape, the window
 * before. The tier and the plate are not in it. What has another name is never used.
 */
export function windowIdentity(networks: readonly Component[], job: Omit<WindowJob, 'plate' | 'grain' | 'state' | 'kept'>): string {
  const { context, ...rest } = job;
  const facts = {
    networks: networks.filter(({ role }) => role !== 'upsample').map(({ id, version, files }) => ({ id, version, files })),
    context: context ? sha256(context) : null,
    ...rest,
  };
  return sha256(canonicalJson(facts));
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
