import type { Channel } from '#domain/ports';
import { briefPolicy } from '#domain/safety/brief/policy';
import { screenBrief } from '#domain/safety/brief/screen';

/** Reads a reviewer's new words as the rules read a brief. Nobody waits in between to be asked, so a doubt is a no. */
export async function screenWords(channels: readonly Channel[]): Promise<string | undefined> {
  if (channels.length === 0) return undefined;
  const { verdict, reasons } = screenBrief(channels, briefPolicy());
  if (verdict === 'allow') return undefined;
  return `expected words that the policy allows, found ${reasons.map(({ category, evidence }) => `${category} (${evidence})`).join('; ')}`;
}
