import fc from 'fast-check';
import { expect, it } from 'vitest';
import { REVIEW_ROLES } from '#contracts/review-api';
import { openRoom } from '#lambdas/review/api-room';
import { type Asked, call, person } from './gateway.ts';
import { jobOf, openWorld } from './world.ts';

const TENANTS = ['acme', 'acme-two', 'globex', 'initech'];
const SUBJECTS = ['brief', 'preview', 'final'] as const;

const question = fc.record({ tenant: fc.constantFrom(...TENANTS), n: fc.nat(4), subject: fc.constantFrom(...SUBJECTS) });
const who = fc.record({
  role: fc.constantFrom(...REVIEW_ROLES),
  tenants: fc.uniqueArray(fc.constantFrom(...TENANTS), { minLength: 1, maxLength: 2 }),
});
const get = (path: string): Asked => ({ method: 'GET', path });
const post = (path: string, body: unknown): Asked => ({ method: 'POST', path, body: JSON.stringify(body) });
const address = ({ tenant, n, subject }: { tenant: string; n: number; subject: string }) =>
  `/api/reviews/${jobOf(tenant, n)}/${subject}/decision`;

const request = fc.oneof(
  fc.constantFrom('', ...TENANTS.map((tenant) => `tenant=${tenant}`), 'subject=final').map((query) => get(`/api/queue?${query}`)),
  question.map((which) => get(address(which))),
  fc.tuple(question, fc.constantFrom('claim', 'release')).map(([which, what]) => post(`${address(which)}/${what}`, {})),
  fc.tuple(question, fc.constantFrom('approved', 'rejected')).map(([which, outcome]) => post(`${address(which)}/decision`, { outcome })),
  fc.array(question, { minLength: 1, maxLength: 5 }).map((all) =>
    post('/api/bulk', {
      action: 'reject',
      items: all.map(({ tenant, n, subject }) => ({ jobId: jobOf(tenant, n), subject, kind: 'decision', round: 1 })),
    }),
  ),
  fc.constantFrom(get('/api/dashboard?days=1'), get('/api/rules'), get('/api/me')),
);

it('never shows a word of another tenant, whoever asks for whatever in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(question, { minLength: 1, maxLength: 8 }),
      fc.array(fc.tuple(who, request), { minLength: 1, maxLength: 8 }),
      async (asked, requests) => {
        const world = openWorld();
        for (const { n, ...asking } of asked) await world.ask(n, asking);
        const room = openRoom(() => world.neighbours);
        for (const [{ role, tenants }, wanted] of requests) {
          const me = person(`${role}-of-${tenants.length}`, `role:${role}`, ...tenants.map((tenant) => `tenant:${tenant}`));
          const { text, status } = await call(room, me, wanted);
          const said = JSON.stringify([wanted.path, wanted.body]); // a refusal may repeat what the asker said
          for (const foreign of TENANTS.filter((tenant) => !tenants.includes(tenant)))
            for (const [job] of text.matchAll(new RegExp(`"${foreign}[_"][^"]*|\\b${foreign}_[0-9a-f]+|tenants/${foreign}/`, 'g')))
              expect(said).toContain(job.replaceAll('"', ''));
          expect(status).toBeLessThan(500);
        }
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);

it('changes nothing of another tenant', async () => {
  await fc.assert(
    fc.asyncProperty(question, fc.constantFrom('claim', 'release', 'decision', 'bulk'), async (which, what) => {
      const world = openWorld();
      await world.ask(which.n, which);
      const before = await world.neighbours.reviews.find(which.tenant, jobOf(which.tenant, which.n));
      const stranger = person(
        'eve',
        'role:admin',
        ...TENANTS.filter((tenant) => tenant !== which.tenant).map((tenant) => `tenant:${tenant}`),
      );
      const room = openRoom(() => world.neighbours);
      const one = { jobId: jobOf(which.tenant, which.n), subject: which.subject, kind: 'decision', round: 1 };
      const asked =
        what === 'bulk'
          ? post('/api/bulk', { action: 'approve', items: [one] })
          : post(`${address(which)}/${what}`, { outcome: 'approved' });
      const { status, text } = await call(room, stranger, asked);
      expect([status, text.includes('not-found')]).toEqual(what === 'bulk' ? [200, true] : [404, false]);
      expect(await world.neighbours.reviews.find(which.tenant, one.jobId)).toEqual(before);
      expect(world.tokens.answers.size).toBe(0);
    }),
    { numRuns: 40 },
  );
});
