import { expect, it } from 'vitest';
import { openMemoryEventPublisher } from '#adapters/memory/event-publisher';
import { LifecycleEvent } from '#contracts/events';
import { GenerateInput, JudgeReclaimsInput } from '#contracts/generate';
import type { AttemptEnd } from '#domain/generate/taken-back';
import { judgeReclaims } from '#lambdas/generate/judge-reclaims';
import example from '../../../contracts/examples/judge-reclaims-input/preview.json' with { type: 'json' };

const parsed = JudgeReclaimsInput.parse(example);
const needing = (priceClass: 'gpu-spot' | 'cpu-spot'): JudgeReclaimsInput => ({
  ...parsed,
  plan: { ...parsed.plan, workers: { ...parsed.plan.workers, generate: { ...parsed.plan.workers.generate, priceClass } } },
});
const gone: AttemptEnd = { statusReason: 'Host EC2 (instance i-0abc) terminated.' };

const judge = async (input: JudgeReclaimsInput, attempts: AttemptEnd[]) => {
  const publisher = openMemoryEventPublisher();
  const history = { failedAttempts: async () => [attempts] };
  const now = () => new Date('2026-11-24T10:00:00.000Z');
  return { publisher, answer: await judgeReclaims(input, { history, publisher, now }) };
};

it('hands the message on and says where the work goes and why, when its machines were taken back', async () => {
  const { answer, publisher } = await judge(needing('gpu-spot'), [gone, gone]);
  expect(GenerateInput.parse(answer)).toEqual(answer);
  expect(publisher.published.map((event) => LifecycleEvent.parse(event))).toMatchObject([
    { type: 'stage.moved', visit: 'generate:preview', to: 'gpu-on-demand', reason: expect.stringContaining('2 spot machines') },
  ]);
});

it.each([
  ['failed by itself', needing('gpu-spot'), [gone, { exitCode: 65 }]],
  ['needs no GPU, for which there are no such machines', needing('cpu-spot'), [gone, gone]],
])('lets the failure of work stand that %s, with its own reason, and says nothing', async (_, input, attempts) => {
  const publisher = openMemoryEventPublisher();
  const history = { failedAttempts: async () => [attempts] };
  await expect(judgeReclaims(input, { history, publisher, now: () => new Date(0) })).rejects.toMatchObject({
    name: 'Render.Incomplete',
    message: expect.stringContaining(input.problem.cause),
  });
  expect(publisher.published).toEqual([]);
});

it('tells it of the take that is being rendered', async () => {
  const rework = { take: 2, shots: [{ shot: 0, take: 2 }] };
  const { answer, publisher } = await judge({ ...needing('gpu-spot'), rework }, [gone, gone]);
  expect(answer.rework).toEqual(rework);
  expect(publisher.published[0]?.sequence).toBe(105_200);
});
