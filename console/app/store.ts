import { useEffect, useState } from 'preact/hooks';

/** One value that several parts of the page watch. */
export interface Store<T> {
  get(): T;
  set(value: T): void;
  subscribe(listener: () => void): () => void;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Draws again only when what is read from the store changes. */
export function useStore<T, V>(store: Store<T>, read: (value: T) => V): V {
  const [value, setValue] = useState(() => read(store.get()));
  useEffect(() => {
    const look = () => setValue(() => read(store.get()));
    look();
    return store.subscribe(look);
  }, [store, read]);
  return value;
}
