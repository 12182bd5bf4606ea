import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Component } from '#contracts/component';
import { readComponents } from '#lib/components';

const root = fileURLToPath(new URL('../../', import.meta.url));
export const COMPONENTS_PAGE = fileURLToPath(new URL('../../docs/reference/components.md', import.meta.url));

/** The reference page of all components, as their manifests describe them. */
export function componentsPage(components: readonly Component[]): string {
  return [
    '# Components',
    '',
    'Separately versioned pieces of long work. Generated from `containers/*/component.json` by `tools/docs/components.ts`; edit those.',
    '',
    '| Component | Stage | Licence | Needs | An attempt may take | Checkpoint | Priced as |',
    '|---|---|---|---|---|---|---|',
    ...components.map(
      ({ id, version, stage, licence, needs, attemptTimeoutSeconds, checkpointUnit, priceClass }) =>
        `| [${id}](#${id}) ${version} | ${stage} | ${licence} | ${needsOf(needs)} | ${attemptTimeoutSeconds / 60} min | ${checkpointUnit} | ${priceClass} |`,
    ),
    ...components.flatMap(section),
    '',
  ].join('\n');
}

function section({ id, description, motion, files }: Component): string[] {
  const names = Object.keys(files);
  const facts = motion
    ? [
        [
          'Windows',
          `${motion.windowFrames.min} to ${motion.windowFrames.max} frames, ${lengths(motion.frameQuantum)}; neighbours share ${motion.overlapFrames}`,
        ],
        [
          'Plate',
          `short side ${motion.shortSide.preview} px for a preview, ${motion.shortSide.final} px for a final; sides are multiples of ${motion.sizeMultiple} px`,
        ],
        ['Can be conditioned on', motion.conditioning.join(', ') || 'nothing but the shot itself'],
      ]
    : [];
  const bundle = names.length > 0 ? [['Files', names.map((name) => `\`${name}\` ${files[name]?.sha256}`).join('<br>')]] : [];
  const rows = [...facts, ...bundle].map(([name, value]) => `| ${name} | ${value} |`);
  return ['', `## ${id}`, description, ...(rows.length > 0 ? ['', '| | |', '|---|---|', ...rows] : [])];
}

const needsOf = ({ gpus, vcpus, memoryMiB }: Component['needs']): string =>
  [gpus > 0 ? `${gpus} GPU` : 'no GPU', `${vcpus} vCPU`, `${memoryMiB / 1024} GiB`].join(', ');
const lengths = (quantum: number): string => (quantum === 1 ? 'any length' : `lengths 1 + k x ${quantum}`);

if (import.meta.main) await writeFile(COMPONENTS_PAGE, componentsPage(readComponents(root)));
