import * as z from 'zod';
import { TenantId } from '#contracts/identity';
import type { ReviewItem } from '#contracts/review';
import { Me, REVIEW_ROLES, ReviewRole } from '#contracts/review-api';
import { SafetyCategory } from '#contracts/verdict';
import { isTrained } from './mine.ts';

/** Why somebody is not let in. `unknown`: who it is cannot be told (401). `forbidden`: we know, and may not (403). */
export interface Refusal {
  readonly refused: 'unknown' | 'forbidden';
  readonly name: string;
  readonly message: string;
}
export const isRefusal = (answer: Me | Refusal): answer is Refusal => 'refused' in answer;

/**
 * What we read of an access token of the user pool, after somebody else checked its signature, issuer, audience and time. A user's name has
 * no colon, so that nobody can be called like a rule (`rule:<name>` in a decision).
 */
const Claims = z.object({
  token_use: z.literal('access'),
  username: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}\p{M}._@+-]{0,127}$/u),
  'cognito:groups': z.union([z.array(z.string()), z.string().regex(/^\[(?:[^\s[\]]+(?: [^\s[\]]+)*)?\]$/)]).default([]),
});

/** Groups as a token holds them, or as the API gateway writes a list: `[role:lead tenant:acme]`. No name of a group holds a space. */
const groupsOf = (claim: string | readonly string[]): readonly string[] =>
  typeof claim === 'string' ? claim.slice(1, -1).split(' ').filter(Boolean) : claim;

const unknown = (message: string): Refusal => ({ refused: 'unknown', name: 'Token.Unfit', message });
const forbidden = (name: string, message: string): Refusal => ({ refused: 'forbidden', name, message });

/**
 * Who asks, from the claims of a checked token. The groups are the whole of what a person may do, so a word of ours that is misspelt lets
 * nobody in: `skill:politcal`, taken lightly, would make somebody trained for everything.
 */
export function whoAsks(claims: unknown): Me | Refusal {
  const read = Claims.safeParse(claims);
  if (!read.success) return unknown(`expected the claims of an access token, found others: ${z.prettifyError(read.error)}`);
  const groups = groupsOf(read.data['cognito:groups']);
  const named = (word: string) => groups.filter((group) => group.startsWith(`${word}:`)).map((group) => group.slice(word.length + 1));

  const roles = z.array(ReviewRole).safeParse(named('role'));
  const tenants = z.array(z.union([TenantId, z.literal('*')])).safeParse(named('tenant'));
  const skills = z.array(SafetyCategory).safeParse(named('skill'));
  if (!roles.success || !tenants.success || !skills.success)
    return forbidden('Groups.Malformed', `expected groups role:, tenant: and skill: of known names, found ${groups.join(', ')}`);
  const role = [...REVIEW_ROLES].reverse().find((one) => roles.data.includes(one));
  if (!role) return forbidden('Role.Missing', `expected a group role:${REVIEW_ROLES.join(', role:')}; an administrator gives it`);
  if (tenants.data.length === 0)
    return forbidden('Tenant.Missing', 'expected a group tenant:<name> or tenant:*; an administrator gives it');
  return Me.parse({ name: read.data.username, role, tenants: unique(tenants.data), skills: unique(skills.data) });
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)].sort();

export const seesAll = ({ tenants }: Pick<Me, 'tenants'>): boolean => tenants.includes('*');
export const sees = (me: Pick<Me, 'tenants'>, tenant: string): boolean => seesAll(me) || me.tenants.includes(tenant);

/** Whether somebody has a role or one above it. */
export const isAtLeast = (me: Pick<Me, 'role'>, role: ReviewRole): boolean => REVIEW_ROLES.indexOf(me.role) >= REVIEW_ROLES.indexOf(role);

/** Categories of a question that a person is not trained for. */
export const missingSkills = (me: Pick<Me, 'skills'>, item: Pick<ReviewItem, 'categories'>): SafetyCategory[] =>
  isTrained(item, me) ? [] : item.categories.filter((category) => !me.skills.includes(category));
