import { createStore, type Store } from '../app/store.ts';
import { type Clock, frameAt, middleOfFrame, step } from '../logic/frames.ts';

/** One clip that several parts of the page look at and move. Times in seconds. */
export interface Player {
  readonly clock: Clock;
  readonly seconds: number;
  readonly time: Store<number>;
  readonly playing: Store<boolean>;
  attach(video: HTMLVideoElement | null): void;
  /** Goes to the frame that is shown at this time, and holds it. */
  seek(seconds: number): void;
  stepBy(frames: number): void;
  toggle(): void;
  pause(): void;
  setRate(rate: number): void;
}

export function openPlayer(clock: Clock, seconds: number): Player {
  const time = createStore(0);
  const playing = createStore(false);
  let video: HTMLVideoElement | null = null;
  let detach = (): void => undefined;
  let rate = 1;

  const seek = (to: number): void => {
    const middle = middleOfFrame(frameAt(to, clock), clock);
    time.set(middle);
    if (video) video.currentTime = middle;
  };

  return {
    clock,
    seconds,
    time,
    playing,
    seek,
    attach(next) {
      detach();
      video = next;
      if (!next) return;
      let frame = 0;
      // The time of the frame that is on the screen, not of the one that will be.
      const onFrame = (_now: number, { mediaTime }: VideoFrameCallbackMetadata): void => {
        if (!next.paused) time.set(Math.min(seconds, mediaTime + 0.5 / clock.fps));
        frame = next.requestVideoFrameCallback(onFrame);
      };
      frame = next.requestVideoFrameCallback(onFrame);
      const onPlay = () => playing.set(true);
      const onPause = () => {
        playing.set(false);
        // Hold exactly one frame, so that a note is pinned to what was seen.
        if (!next.ended) seek(next.currentTime);
      };
      next.addEventListener('play', onPlay);
      next.addEventListener('pause', onPause);
      next.currentTime = time.get();
      next.playbackRate = rate;
      detach = () => {
        next.cancelVideoFrameCallback(frame);
        next.removeEventListener('play', onPlay);
        next.removeEventListener('pause', onPause);
      };
    },
    stepBy(frames) {
      video?.pause();
      seek(step(time.get(), frames, clock));
    },
    toggle() {
      if (!video) return;
      if (video.paused) void video.play().catch(() => undefined);
      else video.pause();
    },
    pause: () => video?.pause(),
    setRate(next) {
      rate = next;
      if (video) video.playbackRate = next;
    },
  };
}
