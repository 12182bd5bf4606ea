import { type Block, SAMPLE_RATE } from './synth.ts';

/** The two filters of ITU-R BS.1770 at 48 kHz: the head's shadow, then what ears leave out of the bass. b0 b1 b2 a1 a2. */
const SHELF = [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585] as const;
const HIGH_PASS = [1, -2, 1, -1.99004745483398, 0.99007225036621] as const;

/** Windows of 400 ms, one every 100 ms. */
const STEP = SAMPLE_RATE / 10;
const STEPS = 4;
/** LUFS: quieter windows are silence; then what lies 10 below the mean of the rest is a pause. */
const SILENCE = -70;
const PAUSE = -10;

export interface Loudness {
  readonly lufs: number;
  readonly peakDb: number;
}

/** Integrated loudness (EBU R 128) and sample peak of what it is given. */
export function loudnessMeter(): { take(block: Block): void; read(): Loudness } {
  const ears = [ear(), ear()] as const;
  /** Power of each 100 ms. */
  const steps: number[] = [];
  const open = { power: 0, samples: 0 };
  const peak = new Float64Array(1);
  return {
    take({ left, right }) {
      peak[0] = Math.max(peak[0]!, highest(left), highest(right));
      const heard = [ears[0](left), ears[1](right)] as const;
      let { power, samples } = open;
      for (let i = 0; i < left.length; i++) {
        power += heard[0][i]! + heard[1][i]!;
        if (++samples < STEP) continue;
        steps.push(power / STEP);
        power = 0;
        samples = 0;
      }
      open.power = power;
      open.samples = samples;
    },
    read() {
      const windows = steps.slice(STEPS - 1).map((_, at) => mean(steps.slice(at, at + STEPS)));
      const heard = windows.filter((power) => lufsOf(power) > SILENCE);
      const loud = heard.filter((power) => lufsOf(power) > lufsOf(mean(heard)) + PAUSE);
      return { lufs: lufsOf(mean(loud)), peakDb: 20 * Math.log10(peak[0]!) };
    },
  };
}

/** Power of each sample as an ear hears it. Filter memories live in an array: a number that a closure keeps is made anew at every change. */
function ear(): (samples: Float64Array) => Float64Array {
  const memory = new Float64Array(4);
  let power = new Float64Array(0);
  const [b0, b1, b2, a1, a2] = SHELF;
  const [c0, c1, c2, d1, d2] = HIGH_PASS;
  return (samples) => {
    if (power.length !== samples.length) power = new Float64Array(samples.length);
    let [s1, s2, p1, p2] = [memory[0]!, memory[1]!, memory[2]!, memory[3]!];
    for (let i = 0; i < samples.length; i++) {
      const x = samples[i]!;
      const y = b0 * x + s1;
      s1 = b1 * x - a1 * y + s2;
      s2 = b2 * x - a2 * y;
      const z = c0 * y + p1;
      p1 = c1 * y - d1 * z + p2;
      p2 = c2 * y - d2 * z;
      power[i] = z * z;
    }
    memory.set([s1, s2, p1, p2]);
    return power;
  };
}

function highest(samples: Float64Array): number {
  let peak = 0;
  for (let i = 0; i < samples.length; i++) peak = Math.max(peak, Math.abs(samples[i]!));
  return peak;
}

const lufsOf = (power: number): number => -0.691 + 10 * Math.log10(power);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
