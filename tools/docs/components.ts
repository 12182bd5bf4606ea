import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Component } from '#contracts/component';
import { allComponents, imageOf, isWorker } from '#lib/components';
import { costPerRenderedSecond, type Measured, PRICED_BY, readMeasured } from './measured.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
export const COMPONENTS_PAGE = fileURLToPath(new URL('../../docs/reference/components.md', import.meta.url));

/** The reference page of all components, as their manifests describe them. */
export function componentsPage(components: readonly Component[], measured: readonly Measured[]): string {
  return [
    '# Components',
    '',
    'Separately versioned pieces of long work. Generated from `containers/*/component.json` by `tools/docs/components.ts`; edit those.',
    'A new one: [add a component](../guides/add-a-component.md).',
    '',
    '## What runs where',
    '| Component | Role | Stage | Runs in | On AWS | Needs | An attempt may take | Checkpoint |',
    '|---|---|---|---|---|---|---|---|',
    ...components.map(
      (one) =>
        `| [${one.id}](#${one.id}) ${one.version} | ${one.role} | ${one.stage} | ${placeOf(one)} | ${machineOf(one)} | ${needsOf(one.needs)} | ` +
        `${one.attemptTimeoutSeconds / 60} min | ${one.checkpointUnit} |`,
    ),
    '',
    'On a laptop every worker is a process of the local Batch, whatever it needs. A component that needs a GPU says so and stops where there is none.',
    '',
    '## Licences',
    'A deployment refuses a component whose licence is not in its list (`licences` in `lib/config.ts`): at synthesis, at registration, and when a brief pins it.',
    '',
    '| Component | Licence | Weights |',
    '|---|---|---|',
    ...components.map((one) => `| ${one.id} | ${one.licence} | ${weightsOf(one)} |`),
    '',
    '## Cost',
    `Worker seconds for one second of clip, times GPUs or vCPUs, times the price of the class (\`domain/ledger/price-list.ts\`, ${PRICED_BY}). Storage, requests`,
    'and the other stages are not in it; [costs](../guides/costs.md) counts all that was really spent. Figures: `bench/measured/`.',
    '',
    '| Component | Price class | Per rendered second |',
    '|---|---|---|',
    ...components.filter(isWorker).map((one) => `| ${one.id} | ${one.priceClass} | ${costPerRenderedSecond(one, measured)} |`),
    ...measured.flatMap(({ component, basis, rendered, source, day }) => ['', `${component}, ${basis} on ${day}: ${rendered}; ${source}.`]),
    ...components.flatMap(section),
    '',
  ].join('\n');
}

function section({ id, description, motion, files }: Component): string[] {
  const facts = motion
    ? [
        [
          'Windows',
          `${motion.windowFrames.min} to ${motion.windowFrames.max} frames, ${lengths(motion.frameQuantum)}; neighbours share ${motion.overlapFrames}; ` +
            (motion.continues === 'context' ? 'each continues the one before' : 'each is made by itself'),
        ],
        [
          'Plate',
          `short side ${motion.shortSide.preview} px for a preview, ${motion.shortSide.final} px for a final; sides are multiples of ${motion.sizeMultiple} px; ` +
            `shapes: ${motion.aspects.join(', ')}`,
        ],
        ['Frame rate', motion.framesPerSecond === undefined ? 'any' : `${motion.framesPerSecond} a second`],
        ['Can be conditioned on', motion.conditioning.join(', ') || 'nothing but the shot itself'],
        ['The same request twice', motion.determinism === 'bytes' ? 'the same bytes' : 'the same frames after decoding'],
      ]
    : [];
  const bundle = Object.entries(files).map(([name, { sha256, bytes }]) => [`\`${name}\``, `${bytes} bytes, sha256 \`${sha256}\``]);
  const rows = [...facts, ...bundle].map(([name, value]) => `| ${name} | ${value} |`);
  return ['', `## ${id}`, description, ...(rows.length > 0 ? ['', '| | |', '|---|---|', ...rows] : [])];
}

const placeOf = (component: Component): string =>
  isWorker(component)
    ? `its own worker${imageOf(component) === component.id ? '' : `, image ${imageOf(component)}`}`
    : `the worker of ${component.hostedBy}`;
const machineOf = ({ needs, hostedBy }: Component): string =>
  hostedBy ? 'with its host' : needs.gpus > 0 ? 'g5, spot first' : 'CPU, spot';
const needsOf = ({ gpus, vcpus, memoryMiB }: Component['needs']): string =>
  [gpus > 0 ? `${gpus} GPU` : 'no GPU', `${vcpus} vCPU`, `${memoryMiB / 1024} GiB`].join(', ');
const lengths = (quantum: number): string => (quantum === 1 ? 'any length' : `lengths 1 + k x ${quantum}`);

function weightsOf({ files, weights }: Component): string {
  const sizes = Object.values(files).map(({ bytes }) => bytes);
  if (sizes.length === 0) return weights === 'registered' ? 'a bundle of yours, not hashed yet' : 'none';
  const total = `${sizes.length} ${sizes.length === 1 ? 'file' : 'files'}, ${(sizes.reduce((sum, bytes) => sum + bytes, 0) / 1e6).toFixed(1)} MB`;
  return weights === 'registered' ? `${total}, a bundle of yours` : `${total}, in \`models/\``;
}

if (import.meta.main) await writeFile(COMPONENTS_PAGE, componentsPage(allComponents(root), readMeasured(root)));
