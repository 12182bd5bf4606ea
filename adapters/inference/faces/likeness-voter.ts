import type { LikenessDenyList } from '#contracts/likeness';
import type { SafetyVote } from '#contracts/verdict';
import type { PictureVoter, Raster } from '#domain/ports';
import { type ModelOptions, openModel } from '../onnx-session.ts';
import { type Region, scaled } from '../pictures/scale.ts';
import { aligned, squareAround } from './alignment.ts';
import { type Detection, facesOf } from './detections.ts';

/** Faces are looked for at up to this many pixels a side; the detector's cells are 32 pixels. */
const LONG_SIDE = 416;
const CELL = 32;
/** The sides of the squares that the other networks were trained on. */
const POINTS_SIDE = 112;
const EMBEDDING_SIDE = 150;
const AGE_SIDE = 112;
/** The largest faces of a picture; in a crowd nobody is recognised. */
const MOST_FACES = 6;

/** Embeddings of one person are less than 0.6 apart (dlib): that is a score of 0.5, and no distance at all is 1. */
const SAME_PERSON = 0.6;
/** Somebody is in the picture and nobody knows who: whether a person has to look is for the policy to say. */
const UNKNOWN_FACE = 0.3;
/** Guesses are off by four years on average: at 18 the score is 0.5, from 25 on it is 0. */
const GROWN_UP = 25;
const OF_AGE = 18;
/** A guess at an age asks a person; it never speaks for itself, so no line that refuses may be this low. */
const MOST_OF_A_GUESS = 0.7;

export interface FaceModels {
  readonly detector: string;
  readonly landmarks: string;
  readonly embedding: string;
  readonly age: string;
}

/** Finds faces (face-api, MIT), compares them with a deny list, and guesses whether somebody is a minor. */
export function openLikenessVoter(files: FaceModels, denyList: LikenessDenyList, options?: ModelOptions): PictureVoter {
  const detector = openModel(files.detector, options);
  const [landmarks, embedding, age] = [files.landmarks, files.embedding, files.age].map((file) =>
    openModel(file, { threads: options?.threads ?? 1 }),
  );
  if (!landmarks || !embedding || !age) throw new Error('expected three models of a face');
  const planesOf = (picture: Raster, side: number, region: Region) => scaled(picture, side, side, { region });

  const compared = async (picture: Raster, around: Region): Promise<SafetyVote> => {
    if (denyList.length === 0) return { category: 'public-figure', score: UNKNOWN_FACE, evidence: 'a face of somebody' };
    const numbers = await embedding(planesOf(picture, EMBEDDING_SIDE, around), [1, 3, EMBEDDING_SIDE, EMBEDDING_SIDE]);
    const { who, distance } = nearest(numbers, denyList);
    const score = Math.max(UNKNOWN_FACE, 1 - distance / (2 * SAME_PERSON));
    return { category: 'public-figure', score, evidence: `a face ${distance.toFixed(2)} from ${who}` };
  };

  return {
    id: 'likeness@1',
    categories: ['public-figure', 'minors'],
    sees: 'picture',
    async look(picture) {
      const faces = await detected(picture, detector);
      const seen = `${faces.length} ${faces.length === 1 ? 'face' : 'faces'}`;
      const votes: SafetyVote[] = [
        { category: 'public-figure', score: 0, evidence: `${seen}, ${denyList.length} people on the deny list` },
        { category: 'minors', score: 0, evidence: seen },
      ];
      for (const face of faces) {
        const square = squareAround(face.region);
        const points = await landmarks(planesOf(picture, POINTS_SIDE, square), [1, 3, POINTS_SIDE, POINTS_SIDE]);
        const box = boxOf(face.region, picture);
        votes.push({ ...(await compared(picture, aligned(points, square))), box });
        const [years = Number.NaN] = await age(planesOf(picture, AGE_SIDE, square), [1, 3, AGE_SIDE, AGE_SIDE]);
        const young = Math.min(1, Math.max(0, (GROWN_UP - years) / (2 * (GROWN_UP - OF_AGE))));
        votes.push({
          category: 'minors',
          score: Math.min(MOST_OF_A_GUESS, young),
          evidence: `a face of about ${Math.round(years)} years`,
          box,
        });
      }
      return votes;
    },
  };
}

/** The largest faces, their regions in pixels of the picture. */
async function detected(
  picture: Raster,
  detector: (values: Float32Array, shape: readonly number[]) => Promise<Float32Array>,
): Promise<Detection[]> {
  const scale = LONG_SIDE / Math.max(picture.width, picture.height);
  const cells = (size: number): number => Math.max(1, Math.round((size * scale) / CELL));
  const [columns, rows] = [cells(picture.width), cells(picture.height)];
  const [width, height] = [columns * CELL, rows * CELL];
  const boxes = await detector(scaled(picture, width, height), [1, 3, height, width]);
  return facesOf(boxes, columns, rows)
    .map(({ region: { left, top, width: wide, height: high }, certainty }) => ({
      certainty,
      region: { left: left * picture.width, top: top * picture.height, width: wide * picture.width, height: high * picture.height },
    }))
    .toSorted((one, other) => other.region.width - one.region.width)
    .slice(0, MOST_FACES);
}

/** The person of the list whose embedding is nearest. */
export function nearest(numbers: Float32Array, list: LikenessDenyList): { who: string; distance: number } {
  let best = { who: 'nobody', distance: Number.POSITIVE_INFINITY };
  for (const { who, embeddings } of list)
    for (const other of embeddings) {
      if (other.length !== numbers.length) throw new RangeError(`expected ${numbers.length} numbers of ${who}, found ${other.length}`);
      const distance = Math.hypot(...other.map((value, index) => value - numbers[index]!));
      if (distance < best.distance) best = { who, distance };
    }
  return best;
}

function boxOf({ left, top, width, height }: Region, picture: Raster) {
  const [x, y] = [share(left, picture.width), share(top, picture.height)];
  return { x, y, width: share(left + width, picture.width) - x, height: share(top + height, picture.height) - y };
}
const share = (part: number, of: number): number => Math.min(1, Math.max(0, part / of));
