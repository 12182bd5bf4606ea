import { routeOf } from '../logic/route.ts';
import { createStore } from './store.ts';

/** Where the reader is. */
export const route = createStore(routeOf(location.hash));
addEventListener('hashchange', () => route.set(routeOf(location.hash)));

export const go = (address: string): void => {
  location.hash = address;
};
