import { createStore, type Store } from './store.ts';

/** A choice that this browser remembers; the first value is the default. */
export function setting<T extends string>(name: string, values: readonly [T, ...T[]]): Store<T> {
  const key = `framewright.${name}`;
  const kept = read(key);
  const store = createStore(values.find((value) => value === kept) ?? values[0]);
  store.subscribe(() => {
    try {
      localStorage.setItem(key, store.get());
    } catch {
      // storage is off in this browser: the choice lasts until the page is closed
    }
  });
  return store;
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Colours: as the system says, or as chosen here. */
export const theme = setting('theme', ['system', 'light', 'dark']);
const applyTheme = (): void => {
  document.documentElement.dataset.theme = theme.get();
};
theme.subscribe(applyTheme);
applyTheme();
