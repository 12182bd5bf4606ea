import * as z from 'zod';
import type { Ffmpeg } from '#adapters/media/ffmpeg';
import type { Fonts } from '#adapters/media/text';
import { Prep } from '#contracts/prep';
import { contractViolated } from '#domain/errors';
import type { Work } from '../harness/worker.ts';
import { renderClip } from './render-clip.ts';

interface Tools {
  readonly fonts: Fonts;
  readonly open: (binary: { ffmpeg: string }) => Ffmpeg;
}

/** The post stage as work of the harness: the same clip whatever attempt makes it, and nothing when it is already made. */
export const postWork =
  ({ fonts, open }: Tools): Work =>
  async ({ plan, environment, store, crash, scratch, report, log, interruption }) => {
    const prep = parsePrep(environment.prep);
    const started = performance.now();
    try {
      report(0);
      const document = await crash.around('post:render', () =>
        renderClip({
          plan,
          prep,
          store,
          fonts,
          workDirectory: scratch,
          ffmpeg: open({ ffmpeg: environment.ffmpeg }),
          onProgress: report,
          signal: interruption,
        }),
      );
      log('INFO', 'clips made', { milliseconds: Math.round(performance.now() - started), clips: document.clips.map(({ ref }) => ref.key) });
      return 'finished';
    } catch (error) {
      // Whatever broke while the machine was being taken away broke because of that: the next attempt begins anew.
      if (interruption.aborted) return 'interrupted';
      throw error;
    }
  };

function parsePrep(json: string | undefined): z.infer<typeof Prep> {
  if (json === undefined) throw contractViolated('FRAMEWRIGHT_PREP', "expected the message's prep as JSON, found nothing");
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw contractViolated('FRAMEWRIGHT_PREP', `expected JSON, found ${String(error)}`);
  }
  const parsed = Prep.safeParse(value);
  if (!parsed.success) throw contractViolated('FRAMEWRIGHT_PREP', z.prettifyError(parsed.error));
  return parsed.data;
}
