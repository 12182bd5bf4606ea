import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openFfmpeg } from '#adapters/media/ffmpeg';
import { fontsIn, installedFonts } from '#adapters/media/text';
import { runWorker } from '../harness/worker.ts';
import component from './component.json' with { type: 'json' };
import { postWork } from './post-work.ts';

/** A bundle carries its fonts beside its code; from source they come out of the installed package. */
const bundledFonts = join(import.meta.dirname, 'fonts');
const fonts = existsSync(bundledFonts) ? fontsIn(bundledFonts) : installedFonts();

process.exit(await runWorker({ component, environment: process.env, work: postWork({ fonts, open: openFfmpeg }) }));
