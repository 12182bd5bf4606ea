import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { serverNow } from '../app/clock.ts';
import { useRoom } from '../app/context.ts';
import { nextPollSeconds } from '../logic/backoff.ts';
import { type QuestionId, questionKey, whose } from '../logic/question.ts';
import { type SheetClip, sheetAfter } from '../logic/sheet.ts';
import { secondsLeft } from '../logic/time.ts';

/** How often the sheet looks whether more came, in seconds: as often as a question's own page. */
const LOOK_SECONDS = 8;
/** A claim is renewed when less than a third of its quarter of an hour is left. */
const RENEW_BELOW_SECONDS = 300;

export interface Sheet {
  /** `undefined` until the first answer. */
  readonly clips: readonly SheetClip[] | undefined;
  readonly problem: string | undefined;
  change(jobId: string, change: Partial<Pick<SheetClip, 'watched' | 'leftOut'>>): void;
  /** Gives back what is held for this sheet. */
  release(): Promise<void>;
}

/** The clips of one sheet: asked for again and again, and claimed for as long as the page is open. */
export function useSheet(id: QuestionId): Sheet {
  const { api, me } = useRoom();
  const [clips, setClips] = useState<readonly SheetClip[]>();
  const [problem, setProblem] = useState<string>();
  const held = useRef(new Set<string>());

  useEffect(() => {
    let alive = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    const isOurs = (claim: Parameters<typeof whose>[0]['claim']): boolean => {
      const now = serverNow();
      return claim !== undefined && whose({ claim }, me.name, now) === 'mine' && secondsLeft(claim.until, now) >= RENEW_BELOW_SECONDS;
    };
    const look = async (): Promise<void> => {
      if (document.visibilityState === 'visible') {
        const answer = await api.together(id);
        if (!alive) return;
        failures = answer.kind === 'ok' ? 0 : failures + 1;
        setProblem(answer.kind === 'ok' || answer.kind === 'unchanged' ? undefined : answer.message);
        if (answer.kind === 'ok') {
          setClips((before = []) => sheetAfter(before, answer.value));
          const open = answer.value.clips.filter(({ entry }) => !isOurs(entry.claim));
          await Promise.all(open.map(({ entry }) => api.claim(entry)));
          for (const { entry } of answer.value.clips) held.current.add(entry.jobId);
        }
      }
      if (alive) timer = setTimeout(look, (failures === 0 ? LOOK_SECONDS : nextPollSeconds(failures)) * 1000);
    };
    void look();
    return () => {
      alive = false;
      clearTimeout(timer);
    };
  }, [api, me.name, questionKey(id)]);

  const change = useCallback((jobId: string, what: Partial<Pick<SheetClip, 'watched' | 'leftOut'>>) => {
    setClips((before) => before?.map((clip) => (clip.shown.entry.jobId === jobId ? { ...clip, ...what } : clip)));
  }, []);
  const release = useCallback(async () => {
    await Promise.all([...held.current].map((jobId) => api.release({ ...id, jobId })));
  }, [api, questionKey(id)]);
  return { clips, problem, change, release };
}
