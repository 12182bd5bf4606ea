import { useEffect } from 'preact/hooks';
import type { ReviewDetail } from '#contracts/review-api';
import { serverNow } from '../app/clock.ts';
import { whose } from '../logic/question.ts';
import { secondsLeft } from '../logic/time.ts';

/** A claim is renewed by work when less than so much is left: a third of its quarter of an hour. Who went for lunch loses it. */
const RENEW_BELOW_SECONDS = 300;

/** Keeps one's own claim for as long as one works: a key or a press on the page renews it when it gets short. */
export function useHeldClaim(item: ReviewDetail['item'] | undefined, me: string, renew: () => Promise<unknown>): void {
  useEffect(() => {
    if (!item?.claim || item.status !== 'waiting') return;
    const { claim } = item;
    let renewing = false;
    const worked = () => {
      const now = serverNow();
      if (renewing || whose({ claim }, me, now) !== 'mine' || secondsLeft(claim.until, now) >= RENEW_BELOW_SECONDS) return;
      renewing = true;
      void renew().finally(() => {
        renewing = false;
      });
    };
    document.addEventListener('keydown', worked);
    document.addEventListener('pointerdown', worked);
    return () => {
      document.removeEventListener('keydown', worked);
      document.removeEventListener('pointerdown', worked);
    };
  }, [item, me, renew]);
}
