import { readFileSync } from 'node:fs';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { openMemoryEventPublisher } from '#adapters/memory/event-publisher';
import { openMemoryIntakeStore } from '#adapters/memory/intake-store';
import { openMemoryParkingLot } from '#adapters/memory/parking-lot';
import { openMemoryPipelineStarter } from '#adapters/memory/pipeline-starter';
import { RejectionNote } from '#contracts/intake';
import type { IntakeObject } from '#contracts/job';
import { keys } from '#contracts/keys';
import type { IntakeNeighbours } from '#domain/intake/accept-brief';
import { components } from '../plan/known-components.ts';

export const BRIEF_KEY = 'acme/coffee-spring/brief.json';
export const UPLOADED_AT = '2026-11-24T08:30:00.000Z';
export const fullBrief: string = readFileSync(new URL('../../../contracts/examples/brief/full.json', import.meta.url), 'utf8');

/** Everything intake touches, in memory, with a clock that only a test moves. */
export function intakeWorld(parkingSeconds = 6) {
  const intake = openMemoryIntakeStore();
  const artifacts = openMemoryArtifactStore();
  const parking = openMemoryParkingLot();
  const pipeline = openMemoryPipelineStarter();
  const publisher = openMemoryEventPublisher();
  let clock = Date.parse(UPLOADED_AT);
  const outside = { intake, artifacts, parking, pipeline, publisher, components: components() };
  const neighbours: IntakeNeighbours = { ...outside, parkingSeconds, now: () => new Date(clock) };

  return {
    ...{ intake, artifacts, parking, pipeline, publisher, neighbours },
    pass: (seconds: number) => {
      clock += seconds * 1000;
    },
    uploadAssets: (briefKey = BRIEF_KEY) => {
      for (const name of ['assets/coffee.png', 'assets/logo.png', 'assets/mood.mp4'])
        intake.upload(keys.asset(briefKey, name), 'picture bytes');
    },
    arrival: (object: IntakeObject) => ({ object, uploadedAt: UPLOADED_AT }),
    types: () => publisher.published.map(({ type }) => type),
    note: (briefKey = BRIEF_KEY) => RejectionNote.parse(JSON.parse(intake.notes.get(keys.rejection(briefKey)) ?? 'null')),
  };
}
