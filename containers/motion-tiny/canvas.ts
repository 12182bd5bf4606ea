/** Frames of a window as the model sees it, 12 a second. */
export const MODEL_FRAMES = 16;
export const MODEL_FPS = 12;
/** Frames of one evaluation of the model: few enough that what it computes stays in the processor's cache. */
export const STEP_FRAMES = 2;
export const STEPS = MODEL_FRAMES / STEP_FRAMES;
/** Frames of the window before that a window starts from. */
export const CONTEXT_FRAMES = 4;
/** How much larger the upscaler makes a side. */
export const SCALE = 5;

/** Size of the model's picture. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
}

/** The three shapes the model was trained on. */
const CANVASES: readonly [Canvas, ...Canvas[]] = [
  { width: 128, height: 72 },
  { width: 72, height: 128 },
  { width: 96, height: 96 },
];

/** Pixels of one colour of one frame. */
export const areaOf = ({ width, height }: Canvas): number => width * height;

/** The shape nearest to a plate's, by ratio: 4:5 is nearer to 1:1 than to 9:16. */
export function canvasFor(plate: Canvas): Canvas {
  const distance = (canvas: Canvas): number => {
    const ratio = (plate.width * canvas.height) / (plate.height * canvas.width);
    return Math.max(ratio, 1 / ratio);
  };
  return CANVASES.reduce((best, canvas) => (distance(canvas) < distance(best) ? canvas : best));
}

/** The middle of every pixel, [pixels, 2]: x and y in short sides from the centre. */
export function placesOf({ width, height }: Canvas): Float32Array {
  const short = Math.min(width, height);
  const places = new Float32Array(2 * width * height);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      places[at++] = (x + 0.5 - width / 2) / short;
      places[at++] = (y + 0.5 - height / 2) / short;
    }
  return places;
}
