/** Where the console may look besides its own origin. Sources as a content security policy writes them: an origin, or an origin and a folder. */
export interface ConsoleNeighbours {
  /** Clips and pictures: links of minutes to the artifacts bucket. */
  readonly media: readonly string[];
  /** The user pool, where it is not on the console's own origin. */
  readonly connect: readonly string[];
}

/**
 * What a browser may do on the console's pages: run the console's own files, show media of the artifacts bucket, speak to the API and the
 * user pool, and nothing else. Written once, so that the local console refuses what the one on AWS refuses.
 */
export function consoleContentPolicy({ media, connect }: ConsoleNeighbours): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    // `data:` and `blob:` are made by the page itself: icons, and stills that it draws.
    ['img-src', "'self'", 'data:', 'blob:', ...media].join(' '),
    ['media-src', "'self'", 'blob:', ...media].join(' '),
    ['connect-src', "'self'", ...connect].join(' '),
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/** Nothing of a review belongs in an address that another site is told, or into another site's window. */
export const CONSOLE_REFERRER = 'no-referrer';
/** The console asks for none of the machine's senses. */
export const CONSOLE_PERMISSIONS = 'camera=(), geolocation=(), microphone=(), payment=(), usb=()';

/** How long a browser keeps a file of the console: assets carry their hash in the name, what names them is asked for every time. */
export const cacheOfConsoleFile = (path: string): string =>
  path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
