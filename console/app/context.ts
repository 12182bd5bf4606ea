import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ConsoleConfig, Me } from '#contracts/review-api';
import type { ReviewApi } from '../api/review-api.ts';
import type { QueueStore } from '../queue/queue-store.ts';

/** What every page is given. */
export interface Room {
  readonly api: ReviewApi;
  readonly me: Me;
  readonly config: ConsoleConfig;
  readonly queue: QueueStore;
  /** Says something to a screen reader, politely, without showing it. */
  announce(words: string): void;
  /** Shows a short message that goes away by itself, and says it. */
  toast(tone: 'good' | 'info' | 'warn' | 'bad', words: string): void;
}

const Context = createContext<Room | undefined>(undefined);
export const RoomProvider = Context.Provider;

export function useRoom(): Room {
  const room = useContext(Context);
  if (!room) throw new Error('expected to be drawn inside the signed-in page');
  return room;
}

/** Leads and admins. */
export const leads = (me: Me): boolean => me.role !== 'reviewer';
