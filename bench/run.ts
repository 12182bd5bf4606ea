import { parseArgs } from 'node:util';
import { type Benchmark, holds } from './figures.ts';
import { generate } from './generate.ts';
import { init } from './init.ts';
import { media } from './media.ts';
import { resume } from './resume.ts';
import { review } from './review.ts';
import { safety } from './safety.ts';
import { windows } from './windows.ts';

interface Settings {
  readonly kills?: number | undefined;
  readonly part?: string | undefined;
  readonly component?: string | undefined;
  readonly seconds?: readonly number[] | undefined;
}
const BENCHMARKS: Readonly<Record<string, (settings: Settings) => Promise<Benchmark>>> = {
  generate,
  init,
  media,
  resume,
  review,
  safety,
  windows,
};
const USAGE = `usage: npm run bench -- <${Object.keys(BENCHMARKS).join('|')}> [--json] [--kills N] [--part PART] [--component ID] [--seconds N,N,N]
  --json   the last line is one object: {"bench", "figures", "goals", "holds"}
  --kills  resume: how many workers are killed at random moments; 200 when left out
  --part   safety: words, faults or pictures alone
  --component   resume: only workers of this component
  --component, --seconds   windows: plates really made by motion-tiny, for clips of these lengths (10,60,600)`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean' },
    kills: { type: 'string' },
    part: { type: 'string' },
    component: { type: 'string' },
    seconds: { type: 'string' },
    help: { type: 'boolean' },
  },
});
const [name = ''] = positionals;
const run = BENCHMARKS[name];
if (!run || values.help) {
  console.error(name === '' || run ? USAGE : `expected a benchmark, found "${name}"\n${USAGE}`);
  process.exitCode = values.help ? 0 : 2;
} else {
  const result = await run({
    kills: values.kills === undefined ? undefined : Number(values.kills),
    part: values.part,
    component: values.component,
    seconds: values.seconds?.split(',').map(Number),
  });
  const { figures, goals } = result;
  if (values.json) console.log(JSON.stringify({ bench: name, figures, goals, holds: holds(result) }));
  else
    for (const [figure, value] of Object.entries(figures)) {
      const goal = goals[figure];
      const limit = goal === undefined ? '' : 'atMost' in goal ? `  goal: at most ${goal.atMost}` : `  goal: at least ${goal.atLeast}`;
      console.log(`${figure.padEnd(30)}${String(value).padStart(10)}${limit}`);
    }
  if (!holds(result)) process.exitCode = 1;
}
