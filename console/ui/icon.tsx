/** Drawn on a grid of 16, lines of 1.5; one path each. */
const PATHS = {
  queue: 'M2.5 4h11M2.5 8h11M2.5 12h7',
  dashboard: 'M2.5 13.5h11M4.5 11V7M8 11V3.5M11.5 11V5.5',
  back: 'M9.5 3.5 5 8l4.5 4.5',
  next: 'M6.5 3.5 11 8l-4.5 4.5',
  play: 'M5 3.2v9.6L12.6 8 5 3.2Z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  'frame-back': 'M10.5 3.5 6 8l4.5 4.5M4 3.5v9',
  'frame-forward': 'M5.5 3.5 10 8l-4.5 4.5M12 3.5v9',
  check: 'M3 8.5 6.5 12 13 4.5',
  cross: 'M4 4l8 8M12 4l-8 8',
  rework: 'M3 8a5 5 0 0 1 8.7-3.4L13 6M13 3v3h-3M13 8a5 5 0 0 1-8.7 3.4L3 10M3 13v-3h3',
  note: 'M3 3h10v7.5L10.5 13H3V3ZM5.5 6h5M5.5 8.5h3',
  box: 'M3 5.5V3h2.5M10.5 3H13v2.5M13 10.5V13h-2.5M5.5 13H3v-2.5',
  hand: 'M4 8.5V5.2M6.5 8V3.5M9 8V4M11.5 8.5V5.5M11.5 8.5c0 3-1.5 4.5-4 4.5C5 13 4 11 4 8.5',
  help: 'M6 6.2A2 2 0 1 1 8 8.4v1M8 11.9v.1M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Z',
  sun: 'M8 10.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM8 1.5V3M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M3.4 12.6l1-1M11.6 4.4l1-1',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5Z',
  system: 'M2.5 3.5h11v7h-11v-7ZM6 13.5h4M8 10.5v3',
  out: 'M9.5 3H4v10h5.5M7 8h7M11.5 5.5 14 8l-2.5 2.5',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.5 10.5 14 14',
  clock: 'M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM8 4.5V8l2.5 1.5',
  eye: 'M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8ZM8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6Z',
  warn: 'M8 2 14.5 13.5h-13L8 2ZM8 6.5v3.2M8 11.6v.1',
  people:
    'M6 7.5a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM2 13c0-2.2 1.8-3.6 4-3.6s4 1.4 4 3.6M10.5 7.4a2 2 0 1 0-.3-4M11.5 9.6c1.5.4 2.5 1.600 2.5 3.4',
  more: 'M4 8h.01M8 8h.01M12 8h.01',
} as const;
export type IconName = keyof typeof PATHS;

/** Decoration beside words; a button without words carries an `aria-label` of its own. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <path d={PATHS[name]} />
  </svg>
);
