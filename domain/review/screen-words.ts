import type { TenantPolicy } from '#contracts/safety-policy';
import type { Channel } from '#domain/ports';
import { screenWords } from '#domain/safety/brief/screen';
import type { Panel } from '#domain/safety/panel';
import { type EffectivePolicy, policyOf } from '#domain/safety/policy/effective';

/** Whose shot gets the new words, and the moment they are read, ISO 8601: policies are a tenant's, consents a campaign's and a time's. */
export interface WordsFor {
  readonly tenant: string;
  readonly campaign: string;
  readonly now: string;
}
/** Answers with what is wrong with the words, `undefined` when nothing is. */
export type ScreenWords = (channels: readonly Channel[], whose: WordsFor) => Promise<string | undefined>;

/** Who reads, and by whose policies. */
export interface WordReaders {
  readonly tenants: () => Promise<readonly TenantPolicy[]>;
  readonly readers: (policy: EffectivePolicy) => Pick<Panel, 'text' | 'patience'>;
}

/**
 * Reads a reviewer's new words as the tenant's brief was read: by the lexicon and the learned voter, under the policy of the release with what
 * the tenant made stricter, and the consents of their campaign. Nobody waits in between to be asked, so a doubt is a no. Policies and
 * models are opened once there are words.
 */
export const screenByPolicies =
  ({ tenants, readers }: WordReaders): ScreenWords =>
  async (channels, { tenant, campaign, now }) => {
    if (channels.length === 0) return undefined;
    const policy = policyOf(tenant, await tenants());
    const { verdict, reasons } = await screenWords(channels, readers(policy), policy, { campaign, now });
    if (verdict === 'allow') return undefined;
    return `expected words that the policy allows, found ${reasons.map(({ category, evidence }) => `${category} (${evidence})`).join('; ')}`;
  };
