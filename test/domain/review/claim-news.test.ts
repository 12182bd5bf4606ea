import { expect, it } from 'vitest';
import { openMemoryEventPublisher } from '#adapters/memory/event-publisher';
import { openMemoryReviewStore } from '#adapters/memory/review-store';
import type { LifecycleEvent } from '#contracts/events';
import { tendQueue } from '#domain/review/escalation';
import { claim, release } from '#domain/review/room';
import { hour, waiting } from './items.ts';

const reviewer = (name: string) => ({ name, role: 'reviewer' as const });
const lea = { name: 'Lea', role: 'lead' as const };

async function room() {
  const reviews = openMemoryReviewStore();
  const publisher = openMemoryEventPublisher();
  const item = waiting();
  await reviews.change(item, () => item, 'token');
  const at = (hours: number) => ({ reviews, publisher, now: () => hour(hours) });
  const told = () => [...new Map(publisher.published.map((event) => [event.idempotencyKey, event])).values()];
  return { item, at, told: () => told().map(wordOf), row: async () => (await reviews.waiting())[0] };
}
const wordOf = (event: LifecycleEvent): string =>
  event.type === 'review.claimed'
    ? `${event.reviewer} claims`
    : event.type === 'review.released'
      ? `${event.reviewer} ${event.because}`
      : event.type;

it('tells of a claim once, however often it is renewed, and of giving it back', async () => {
  const { item, at, told } = await room();
  await claim(item, reviewer('Ada'), at(0));
  await claim(item, reviewer('Ada'), at(0.1));
  await claim(item, reviewer('Grace'), at(0.1)); // taken: nothing happened
  await release(item, reviewer('Ada'), at(0.2));
  await release(item, reviewer('Ada'), at(0.2)); // nobody holds it
  expect(told()).toEqual(['Ada claims', 'Ada given-back']);
});

it('tells whose claim a lead took away', async () => {
  const { item, at, told } = await room();
  await claim(item, reviewer('Ada'), at(0));
  await claim(item, lea, at(0.1));
  expect(told()).toEqual(['Ada claims', 'Ada taken-away', 'Lea claims']);
});

it('tells once that a claim ran out, by the sweep or by who claims next, and takes it off the row', async () => {
  const { item, at, told, row } = await room();
  await claim(item, reviewer('Ada'), at(0));
  await tendQueue(at(0.2));
  expect(told()).toEqual(['Ada claims']);
  await tendQueue(at(0.3));
  await tendQueue(at(0.4));
  expect(told()).toEqual(['Ada claims', 'Ada ran-out']);
  expect((await row())?.claim).toBeUndefined();

  await claim(item, reviewer('Ada'), at(0.5));
  await claim(item, reviewer('Grace'), at(1));
  await tendQueue(at(1.1));
  expect(told().slice(2)).toEqual(['Ada claims', 'Ada ran-out', 'Grace claims']);
});
