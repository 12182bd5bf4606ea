import * as z from 'zod';
import { SpokenWord } from '#contracts/transcript';

/** What the recognizer writes, one JSON object a line; worker/serve.py shows the conversation. */
export const Answer = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready'), recognizer: z.string().min(1).max(100) }),
  z.strictObject({ type: z.literal('words'), words: z.array(SpokenWord) }),
  z.strictObject({ type: z.literal('done'), language: z.string().min(2).max(35) }),
  z.strictObject({ type: z.literal('refused'), reason: z.string().max(1_000) }),
]);
export type Answer = z.infer<typeof Answer>;

export const recognizeLine = (sound: string): string => `${JSON.stringify({ type: 'recognize', sound })}\n`;
