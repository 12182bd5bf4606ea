import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { ReviewDetail } from '#contracts/review-api';
import { useRoom } from '../app/context.ts';
import { nextPollSeconds } from '../logic/backoff.ts';
import { type QuestionId, questionKey } from '../logic/question.ts';

/** How often the page of a question looks whether somebody else did something, in seconds. */
const LOOK_SECONDS = 8;

export interface Loaded {
  readonly detail: ReviewDetail | undefined;
  readonly problem: string | undefined;
  /** Reads it again; with `links` the addresses of clip and pictures are renewed too, which makes the player load anew. */
  reload(links?: boolean): Promise<ReviewDetail | undefined>;
  /** Puts what an answer said about the question in place. */
  patch(item: ReviewDetail['item'] | undefined): void;
}

/** Links last minutes and each answer has new ones; the player keeps what it has for as long as it works. */
const keepLinks = (before: ReviewDetail | undefined, now: ReviewDetail): ReviewDetail =>
  before && before.item.round === now.item.round && before.media.clip?.frames === now.media.clip?.frames
    ? { ...now, media: before.media }
    : now;

export function useReview(id: QuestionId): Loaded {
  const { api } = useRoom();
  const [detail, setDetail] = useState<ReviewDetail>();
  const [problem, setProblem] = useState<string>();
  const alive = useRef(true);
  const key = questionKey(id);

  const reload = useCallback(
    async (links = false) => {
      const answer = await api.review(id);
      if (!alive.current) return undefined;
      if (answer.kind === 'ok') {
        setProblem(undefined);
        setDetail((before) => (links ? answer.value : keepLinks(before, answer.value)));
        return answer.value;
      }
      if (answer.kind !== 'unchanged') setProblem(answer.message);
      return undefined;
    },
    [api, key],
  );

  useEffect(() => {
    alive.current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    const look = async () => {
      if (document.visibilityState === 'visible') failures = (await reload()) ? 0 : failures + 1;
      if (alive.current) timer = setTimeout(look, (failures === 0 ? LOOK_SECONDS : nextPollSeconds(failures)) * 1000);
    };
    void look();
    return () => {
      alive.current = false;
      clearTimeout(timer);
    };
  }, [reload]);

  const patch = useCallback((item: ReviewDetail['item'] | undefined) => {
    if (item) setDetail((before) => before && { ...before, item });
  }, []);

  return { detail, problem, reload, patch };
}
