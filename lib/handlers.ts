import type { Environment } from '#contracts/environment';
import type { Stage } from '#contracts/stages';

/** Native packages that cannot be bundled: their pruned files travel in `node_modules` next to the code. */
export type NativePackage = 'onnxruntime-node' | 'sharp' | '@contentauth/c2pa-wasm';

export interface HandlerSpec {
  /** MiB; Lambda gives one full CPU at 1,769 MiB and bills by the product of memory and time. */
  readonly memoryMb: number;
  /** The longest a call may take, in seconds. Its state in the machine waits a little longer. */
  readonly timeoutSeconds: number;
  /** Layers of models that it opens files of. */
  readonly models?: readonly ModelLayer[];
  /** Has the ffmpeg layer. */
  readonly media?: true;
  /** Scratch disk in MiB where the 512 that come free are not enough. */
  readonly scratchMb?: number;
  /** MiB after which Node collects short-lived objects, where its own 16 are too many. */
  readonly youngMb?: number;
}

/** Files of `.framewright/models` by the layer that they lie in: who reads words need not carry what looks at pictures. */
export const MODEL_LAYERS = {
  // adapters/inference/picture-voters.ts, and what finds the product in a photo
  pictures: [
    'open-nsfw.onnx',
    'nsfw-mobilenet.onnx',
    'nsfw-inception.onnx',
    'text-detector.onnx',
    'text-reader.onnx',
    'text-letters.txt',
    'face-detector.onnx',
    'face-landmarks.onnx',
    'face-embedding.onnx',
    'face-age.onnx',
    'u2netp.onnx',
  ],
  // adapters/inference/text/sentence-model.ts
  words: ['text-voter.onnx', 'text-voter.json'],
} as const satisfies Record<string, readonly string[]>;
export type ModelLayer = keyof typeof MODEL_LAYERS;

/** Where Lambda unpacks a layer of models, and the variable that says so. A folder each: what unpacks layers side by side need not merge them. */
export const MODEL_FOLDERS = {
  pictures: { folder: '/opt/models', variable: 'FRAMEWRIGHT_MODELS' },
  words: { folder: '/opt/word-models', variable: 'FRAMEWRIGHT_WORD_MODELS' },
} as const satisfies Record<ModelLayer, { folder: string; variable: keyof Environment }>;

/** A call that reads or writes a few small objects: 512 MiB halves the cold start of 256 for the same money. */
const SMALL = { memoryMb: 512, timeoutSeconds: 30 } as const;

/**
 * Every Lambda of the product, by file under `lambdas/`: what is bundled and what is deployed come from this one list.
 * The architecture test fails when a file is missing here or there.
 */
export const HANDLERS = {
  'intake/accept-brief': { memoryMb: 512, timeoutSeconds: 60 }, // up to 10 briefs of 256 KiB in a batch
  // 340 MB of model and up to 100 megapixels of photo in memory; two CPUs halve the 0.5 s of the mask
  'prep/normalize-assets': { memoryMb: 3_008, timeoutSeconds: 300, models: ['pictures'], media: true, scratchMb: 2_048 },
  'prep/collect-transcript': SMALL,
  // a photo of 2,048 pixels and up to 63 smaller pictures, one in memory at a time, each shown to every voter and some read
  'safety/screen-brief': { memoryMb: 3_008, timeoutSeconds: 300, models: ['pictures', 'words'] },
  'plan/write-plan': SMALL,
  'generate/collect-windows': { memoryMb: 1_024, timeoutSeconds: 120 }, // up to 1,500 manifests of a ten-minute clip
  'generate/judge-reclaims': SMALL,
  // reads every clip once, a file at a time, to check its hash: a ten-minute clip in 4K is about 2 GB
  'post/collect-clip': { memoryMb: 512, timeoutSeconds: 120, scratchMb: 4_096 },
  // a quarter of a second of CPU for a sampled frame, four a second: a clip of ten minutes would need more than Lambda gives, and then a
  // person looks at it; 73 MB of models are 0.6 GB in memory while they work. Frames come in small objects that hold large buffers: of 16 MiB
  // of such objects Node would never get to see the end, and it looks through its whole memory 20 times a clip instead, for a second of CPU
  'safety/screen-clip': {
    memoryMb: 3_008,
    timeoutSeconds: 600,
    models: ['pictures', 'words'],
    media: true,
    scratchMb: 4_096,
    youngMb: 1,
  },
  'review/request-decision': SMALL,
  // new words of a reviewer are read by the learned voter: 90 MB of model in memory, beside the lexicon
  'review/decide': { memoryMb: 1_024, timeoutSeconds: 30, models: ['words'] },
  'review/measure-queue': SMALL,
  // one full CPU: a queue of 10,000 rows is parsed and ranked while somebody looks at an empty screen
  'review/api': { memoryMb: 1_769, timeoutSeconds: 28, models: ['words'] }, // a little less than the gateway waits
  'review/escalate': { memoryMb: 512, timeoutSeconds: 120 }, // a write each for what became due in five minutes; thousands after an outage
  'review/settle-siblings': { memoryMb: 512, timeoutSeconds: 120 }, // about 0.2 s a question: a drop of 30, or some hundred after an outage
  'review/close-questions': SMALL,
  // four clips of a ten-minute job are about 2 GB on disk while they are signed and read back
  'publish/sign-and-deliver': { memoryMb: 2_048, timeoutSeconds: 600, scratchMb: 8_192 },
  'publish/conclude-job': SMALL,
  'ledger/record-events': { memoryMb: 512, timeoutSeconds: 60 }, // batches of 10 events, two writes each
} as const satisfies Record<`${Stage | 'ledger'}/${string}`, HandlerSpec>;
export type HandlerName = keyof typeof HANDLERS;

/** Every model file that a handler opens, once. */
export const modelFiles = (): string[] => Object.values(MODEL_LAYERS).flat().sort();

/** The list as data, with every optional field readable. */
export const handlers: readonly (readonly [HandlerName, HandlerSpec])[] = (Object.keys(HANDLERS) as HandlerName[]).map((name) => [
  name,
  HANDLERS[name],
]);
