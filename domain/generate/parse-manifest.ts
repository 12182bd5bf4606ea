import { WindowManifest } from '#contracts/generate';

/** The manifest in these bytes; `undefined` when they hold something else. */
export function parseManifest(bytes: Uint8Array): WindowManifest | undefined {
  try {
    return WindowManifest.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
