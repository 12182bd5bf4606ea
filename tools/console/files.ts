import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { cacheOfConsoleFile } from '#contracts/console-headers';

/** What a built console is made of; anything else is served as bytes that nothing runs. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.map': 'application/json',
};
export const typeOf = (path: string): string => TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';

export interface ConsoleFile {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** A file of the folder by its address; `undefined` for what is not there or lies outside. */
export async function consoleFile(folder: string, address: string): Promise<ConsoleFile | undefined> {
  let path: string;
  try {
    path = decodeURIComponent(address).replace(/^\/+/, '') || 'index.html';
  } catch {
    return undefined; // an address that is no UTF-8 names no file
  }
  const file = resolve(folder, path);
  if (path.includes('\0') || !file.startsWith(resolve(folder) + sep)) return undefined;
  const body = await readFile(join(folder, path)).catch(() => undefined);
  return body && { body, headers: { 'content-type': typeOf(path), 'cache-control': cacheOfConsoleFile(path) } };
}
