import type { SafetyVerdict } from '#contracts/verdict';
import type { Channel } from '#domain/ports';
import { askReaders, type Panel } from '../panel.ts';
import type { Whose } from '../policy/consent.ts';
import type { EffectivePolicy } from '../policy/effective.ts';
import { judge } from '../router.ts';

/** Words alone: new ones for a shot that a reviewer wrote. The doors ask more voters, about pictures too. */
export async function screenWords(
  channels: readonly Channel[],
  readers: Pick<Panel, 'text' | 'patience'>,
  policy: EffectivePolicy,
  whose: Whose,
): Promise<SafetyVerdict> {
  const testimonies = await askReaders(readers, channels, policy);
  return judge({ testimonies, expected: ['rules', 'learned-text'], gaps: [], whose }, policy);
}
