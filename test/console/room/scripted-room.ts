import { createHash } from 'node:crypto';
import { ReviewDecision, ReviewKind, ReviewSubject } from '#contracts/review';
import {
  BulkAnswer,
  BulkBody,
  ChangeRuleBody,
  ClaimOutput,
  DecisionAnswer,
  DecisionBody,
  Me,
  QueuePage,
  RulesAnswer,
  TogetherAnswer,
  TogetherBody,
  TogetherView,
} from '#contracts/review-api';
import { dashboardOf, detailOf, type Item, itemOf, standing } from './fixtures.ts';
import type { Person } from './scripted-pool.ts';

export interface RoomAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly etag?: string;
}
interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly etag: string | undefined;
}

/** How long a claim lasts in the script. */
const CLAIM_SECONDS = 900;

const keyOf = ({ jobId, subject, kind }: Pick<Item, 'jobId' | 'subject' | 'kind'>): string => `${jobId}/${subject}/${kind}`;
const isLike = (one: Item, other: Item): boolean =>
  one.look !== undefined && one.look === other.look && other.leftOut === undefined && other.campaign === one.campaign;
const problem = (status: number, name: string, message: string): RoomAnswer => ({ status, body: { error: { name, message } } });

/**
 * A review API that follows a script: questions out of fixtures, kept in memory, answered with the contract's own parsers. It keeps the
 * rules that pages depend on (first decision stands, claims, rounds, two people), and lets a test play the other reviewer.
 */
export function openScriptedRoom(questions: number, media: (name: string) => string) {
  const items = new Map<string, Item>();
  for (let n = 0; n < questions; n++) {
    const item = itemOf(n, Date.now());
    items.set(keyOf(item), item);
  }
  let suspended: { at: string; by: string; reason: string } | undefined;
  let broken = false;
  const decisions: { readonly key: string; readonly body: DecisionBody; readonly by: string }[] = [];

  const put = (item: Item): Item => {
    items.set(keyOf(item), item);
    return item;
  };
  const shown = ({ dossier: _, ...item }: Item) => item;
  const holder = (item: Item): string | undefined =>
    item.claim && Date.parse(item.claim.until) > Date.now() ? item.claim.reviewer : undefined;
  const now = (): string => new Date().toISOString();

  const claimFor = (item: Item, by: string): Item =>
    put({ ...item, claim: { reviewer: by, at: now(), until: new Date(Date.now() + CLAIM_SECONDS * 1000).toISOString() } });

  const claim = (key: string, by: Person, how: 'claim' | 'release'): ClaimOutput => {
    const item = items.get(key);
    if (!item) return { result: 'not-found' };
    if (item.status !== 'waiting') return { result: 'settled', item: shown(item) };
    const held = holder(item);
    if (how === 'claim') {
      if (held !== undefined && held !== by.name) return { result: 'taken', item: shown(item) };
      return { result: 'claimed', item: shown(claimFor(item, by.name)) };
    }
    if (held !== undefined && held !== by.name && by.role === 'reviewer') return { result: 'taken', item: shown(item) };
    const { claim: _, ...free } = item;
    return { result: 'released', item: shown(put(free)) };
  };

  const decide = (key: string, by: string, body: DecisionBody): DecisionAnswer => {
    const item = items.get(key);
    if (!item) return { result: 'not-found' };
    if (item.status === 'expired') return { result: 'expired', item: shown(item) };
    if (item.status !== 'waiting') return { result: 'already-decided', item: shown(item) };
    if (body.round !== undefined && body.round !== item.round) return { result: 'stale', item: shown(item) };
    const held = holder(item);
    if (held !== undefined && held !== by) return { result: 'claimed', item: shown(item) };
    if (body.notes.some(({ description }) => description?.includes('referendum')))
      return { result: 'refused', item: shown(item), problem: 'Note 1: the new words were refused: they name a referendum.' };
    decisions.push({ key, body, by });
    if (item.needsSecond && body.outcome === 'approved' && (!item.firstApproval || item.firstApproval.reviewer === by)) {
      const { claim: _, ...free } = item;
      return { result: 'second-needed', item: shown(put({ ...free, firstApproval: { reviewer: by, at: now(), reason: body.reason } })) };
    }
    const decision = ReviewDecision.parse({
      subject: item.subject,
      outcome: body.outcome,
      reviewer: by,
      reason: body.reason,
      requestedAt: item.requestedAt,
      decidedAt: now(),
      round: item.round,
      notes: body.notes,
      ...(body.outcome === 'rework' && {
        rework: { take: 2, shots: [...new Set(body.notes.map(({ shot }) => shot))].map((shot) => ({ shot, take: 2 })) },
      }),
    });
    return { result: 'decided', item: shown(put({ ...item, status: body.outcome, decision })) };
  };

  const waiting = (): Item[] => [...items.values()].filter(({ status }) => status === 'waiting');

  const queue = (by: Person, query: URLSearchParams, etag: string | undefined): RoomAnswer => {
    const all = waiting().sort((one, other) => one.deadlineAt.localeCompare(other.deadlineAt));
    const offset = Number(query.get('offset') ?? 0);
    const entries = all
      .slice(offset, offset + Number(query.get('limit') ?? 1000))
      .map(({ dossier: _d, earlier: _e, decision: _x, ...item }, index) => ({
        ...item,
        urgency: Math.max(0, 1 - (offset + index) / 10_000),
        mine: true,
      }));
    const tag = `"${createHash('sha256').update(JSON.stringify(entries)).update(by.name).digest('hex').slice(0, 16)}"`;
    if (etag === tag) return { status: 304, etag: tag };
    return { status: 200, etag: tag, body: QueuePage.parse({ entries, total: all.length, at: now() }) };
  };

  const answer = ({ method, path, query, body, etag }: Asked, by: Person): RoomAnswer => {
    if (broken) return problem(503, 'Room.Closed', 'The review room is being repaired.');
    const [, page, ...rest] = path.split('/').filter(Boolean);
    if (page === 'me') return { status: 200, body: Me.parse({ name: by.name, role: by.role, tenants: ['*'], skills: [] }) };
    if (page === 'queue') return queue(by, query, etag);
    if (page === 'dashboard')
      return { status: 200, body: dashboardOf(Number(query.get('days') ?? 7), waiting().length, Date.now(), by.role) };
    if (page === 'rules') {
      if (method === 'POST') {
        if (by.role !== 'admin') return problem(403, 'Role.Missing', `expected an admin, found ${by.role}`);
        const { action, reason } = ChangeRuleBody.parse(body);
        suspended = action === 'suspend' ? { at: now(), by: by.name, reason } : undefined;
      }
      return { status: 200, body: RulesAnswer.parse({ rules: [standing(suspended)] }) };
    }
    if (page === 'bulk') {
      if (by.role === 'reviewer') return problem(403, 'Role.Missing', `expected a lead, found ${by.role}`);
      const { action, items: which, reason } = BulkBody.parse(body);
      const results = which.map((one) => ({
        ...one,
        result:
          action === 'claim' || action === 'release'
            ? claim(keyOf(one), by, action).result
            : decide(keyOf(one), by.name, { outcome: action === 'approve' ? 'approved' : 'rejected', round: one.round, reason, notes: [] })
                .result,
      }));
      return { status: 200, body: BulkAnswer.parse({ results }) };
    }
    const [jobId = '', subject, kind, action] = rest;
    const key = keyOf({ jobId, subject: ReviewSubject.parse(subject), kind: ReviewKind.parse(kind) });
    const item = items.get(key);
    if (!item) return problem(404, 'Review.NotFound', `expected a review of job ${jobId}, found none`);
    if (action === 'claim' || action === 'release') return { status: 200, body: ClaimOutput.parse(claim(key, by, action)) };
    if (action === 'together' && method === 'POST') {
      const { clips, reason } = TogetherBody.parse(body);
      const results = clips.map((one) => {
        const which = keyOf({ jobId: one.jobId, subject: 'preview', kind: 'decision' });
        if (one.approve)
          return { jobId: one.jobId, result: decide(which, by.name, { outcome: 'approved', round: one.round, reason, notes: [] }).result };
        const out = items.get(which);
        if (out) put({ ...out, leftOut: { reviewer: by.name, at: now() } });
        return { jobId: one.jobId, result: 'left-out' };
      });
      return { status: 200, body: TogetherAnswer.parse({ results }) };
    }
    if (action === 'together') {
      const like = [item, ...waiting().filter((one) => one !== item && isLike(item, one))];
      const clips = like.map((one) => {
        const { dossier: _d, earlier: _e, decision: _x, ...entry } = one;
        const { clip, poster, photo } = detailOf(one, by, Date.now(), media).media;
        return { entry: { ...entry, urgency: 0.5, mine: true }, clip, poster, photo };
      });
      return { status: 200, body: TogetherView.parse({ at: now(), clips: item.status === 'waiting' && item.look ? clips : [] }) };
    }
    if (action === 'decision') return { status: 200, body: DecisionAnswer.parse(decide(key, by.name, DecisionBody.parse(body))) };
    const beside = waiting().filter((one) => one !== item && isLike(item, one)).length;
    return { status: 200, body: { ...detailOf(item, by, Date.now(), media), beside } };
  };

  return {
    answer,
    decisions,
    /** Questions in the order of the queue. */
    waiting: () => waiting().sort((one, other) => one.deadlineAt.localeCompare(other.deadlineAt)),
    change(item: Item, change: Partial<Item>): void {
      put({ ...(items.get(keyOf(item)) ?? item), ...change });
    },
    find: (item: Item): Item | undefined => items.get(keyOf(item)),
    remove: (item: Item): void => {
      items.delete(keyOf(item));
    },
    add: (n: number): Item => put(itemOf(n, Date.now())),
    /** The other reviewer. */
    claimAs: (item: Item, by: string): void => {
      claimFor(items.get(keyOf(item)) ?? item, by);
    },
    decideAs: (item: Item, by: string, outcome: 'approved' | 'rejected', reason: string): void => {
      decide(keyOf(item), by, { outcome, reason, round: item.round, notes: [] });
    },
    break: (now: boolean): void => {
      broken = now;
    },
  };
}
export type ScriptedRoom = ReturnType<typeof openScriptedRoom>;
