import { readFileSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initSync, WasmBuilder, WasmReader } from '@contentauth/c2pa-wasm';

/**
 * c2pa-rs as WebAssembly: the same bytes run on every machine that runs Node. It was built for browsers and asks for files as they
 * know them, so it is given parts of files that are read when it looks at them. The first call takes 0.15 s of CPU.
 */
export function c2paLibrary(): { readonly Builder: typeof WasmBuilder; readonly Reader: typeof WasmReader } {
  if (!isLoaded) {
    Object.assign(globalThis, { FileReaderSync: FilePartReader });
    initSync({ module: readFileSync(createRequire(import.meta.url).resolve('@contentauth/c2pa-wasm/c2pa.wasm')) });
    exercise();
    isLoaded = true;
  }
  return { Builder: WasmBuilder, Reader: WasmReader };
}
let isLoaded = false;

/** What a hash function must have done before V8 takes it for a busy one and compiles it well: about 100 kB; thrice that is sure. */
const EXERCISE_BYTES = 300_000;

/** V8 never replaces a function while it runs, and a clip is hashed in one call: without this it takes eight times as long. */
function exercise(): void {
  const builder = WasmBuilder.fromJson(JSON.stringify({ assertions: [{ label: 'exercise', data: { text: 'x'.repeat(EXERCISE_BYTES) } }] }));
  builder.toArchive();
  builder.free();
}

export async function withFile<T>(path: string, flags: 'r' | 'w', use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, flags);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

/** The library reads a quarter of a gigabyte at once, which would lie in memory twice; a read may answer with less than was asked for. */
const MOST_BYTES_AT_ONCE = 4 * 1024 * 1024;

/** Bytes `start` to `end` of an open file. The library takes files up to 50 MB whole and slices larger ones. */
export class FilePart extends Blob {
  readonly descriptor: number;
  readonly start: number;
  readonly end: number;
  constructor(descriptor: number, start: number, end: number) {
    super();
    this.descriptor = descriptor;
    this.start = start;
    this.end = end;
  }
  override get size(): number {
    return this.end - this.start;
  }
  override slice(from = 0, to = this.size): FilePart {
    return new FilePart(this.descriptor, this.start + from, this.start + Math.min(to, this.size, from + MOST_BYTES_AT_ONCE));
  }
}

/** The one method that the library uses of the browser's reader that waits. */
class FilePartReader {
  readAsArrayBuffer({ descriptor, start, size }: FilePart): ArrayBuffer {
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; ) {
      const read = readSync(descriptor, bytes, at, size - at, start + at);
      if (read === 0) throw new Error(`expected ${size} bytes from byte ${start} on, found ${at}`);
      at += read;
    }
    return bytes.buffer;
  }
}
