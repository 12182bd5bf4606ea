import type { SafetyCategory } from '#contracts/verdict';
import vocabulary from '../../domain/safety/brief/lexicon/classes.json' with { type: 'json' };
import senses from '../../domain/safety/brief/lexicon/senses.json' with { type: 'json' };
import { HARMFUL_FRAMES, HARMLESS_FRAMES, INTENTS } from './intents.ts';
import type { OwnLine } from './own-lines.ts';
import { pairs } from './pairs.ts';

const words = (text: string): string[] => text.split('|').map((word) => word.trim());

/** Around a doubtful verb and its object. The same frames carry both readings, so that only the object can tell them apart. */
const AROUND = words(
  'how do i X|how can i X safely|what is the best way to X|X|X tonight|we X every morning|i want to X|tips to X|a man starts to X|she likes to X|close up: X, soft light|can you help me X|where can i X|a short film in which they X|X, slow motion|why does he X',
);
/** Around a doubtful noun. */
const NAMED = words(
  'a X|the X on the table|X, close up|where can i buy a X|our new X|a X in the morning light|my X is here|two friends and a X|X for beginners|X this weekend',
);

/** Whom violent words harm. */
const TARGETS = words(
  'my neighbour|my wife|my husband|my boss|my ex girlfriend|my brother|my teacher|a policeman|a cop|a child|the children|a baby|an old woman|a homeless man|the prisoner|a hostage|the guard|a stranger|a crowd of people|the students|the protesters|a nurse|a bus driver|the cashier|a tourist|my roommate|the mayor|a soldier|civilians|a black man|a muslim family|the jews|immigrants|a dog|a puppy|a cat|my landlord|the witness|a judge|him|her|them all|someone|everyone in the room|myself|a girl at a party|the bride and her guests|the camera crew|the lighting technician|the game designer|the owner of the garden|a basketball player|the pizza boy|a photographer|the movie star|the process server|the egg farmer',
);
const VIOLENT = words(
  'kill|murder|shoot|stab|strangle|choke|hit|beat|punch|kick|slap|smack|whip|crush|smash|bash|attack|burn|drown|poison|hang|execute|slaughter|butcher|behead|torture|blow up|bomb|strike|hurt|bury|rob|hunt down|run over|cut|slash|suffocate|hammer|assault|kidnap|threaten|skin|destroy|terminate|eliminate|knock out|tie up and beat|shoot at|kill off|steal from|hack|spy on|stalk|drug|grope|strip',
);

const EXPANDED: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(vocabulary.classes).map(([name, members]) => [`<${name}>`, members.flatMap((member) => member.split('|'))] as const),
);
/** `kill|kills` or `<pest>` or `in minecraft|skyrim` as what may be written there. Stems stay out: `burglar*` is no word. */
const written = (steps: readonly string[]): string[] =>
  steps
    .map((step) =>
      step
        .split('|')
        .flatMap((word) => EXPANDED.get(word) ?? [word])
        .filter((word) => !/[<*]/.test(word)),
    )
    .reduce<string[]>((starts, ends) => starts.flatMap((start) => ends.map((end) => `${start} ${end}`.trim())), ['']);

const OPENINGS = ['the', 'a', 'my', 'some', 'all the', 'this'];

const MOST_OF_A_PHRASE = 100;

/** Senses whose phrases are sentences already. */
const WHOLE: ReadonlySet<string> = new Set(['history-and-meaning', 'care-and-prevention']);

/** Every harmless reading that the rules know (senses.json), said in a sentence. */
export const harmlessReadings = (): OwnLine[] =>
  senses.senses
    .flatMap(({ id, phrases }) => phrases.map((phrase) => ({ phrase, whole: WHOLE.has(id) })))
    .flatMap(({ phrase, whole }) => {
      const steps = phrase.split(' ');
      const at = steps.findIndex((step) => /^[-~][1-9]$/.test(step));
      const without = (some: readonly string[]) => some.filter((step) => !/^[-~][1-9]$/.test(step));
      if (at < 0)
        return pairs(written(steps), NAMED, Math.min(60, written(steps).length * 2), (what, frame) => ({
          text: whole ? what : frame.replace('X', what),
        }));
      const [left, right] = [written(without(steps.slice(0, at))), written(without(steps.slice(at)))];
      // Each object twice: a phrase of two hundred objects is worth more than one of five, and one of a thousand combinations is not.
      return pairs(right, left, Math.min(MOST_OF_A_PHRASE, right.length * 2), (object, verb) => [verb, object] as const).map(
        ([verb, object], index) => {
          if (whole) return { text: `${verb} ${object}` };
          const opening = / /.test(object) ? '' : `${OPENINGS[index % OPENINGS.length]} `;
          return { text: (AROUND[index % AROUND.length] ?? 'X').replace('X', `${verb} ${opening}${object}`) };
        },
      );
    });

/** The same verbs, meant. */
export const meant = (): OwnLine[] =>
  pairs(VIOLENT, TARGETS, VIOLENT.length * TARGETS.length, (verb, target) => `${verb} ${target}`).map((what, index) => ({
    text: (AROUND[index % AROUND.length] ?? 'X').replace('X', what),
    category: 'violence' as const satisfies SafetyCategory,
  }));

export const harmfulIntents = (): OwnLine[] =>
  INTENTS.flatMap(([category, intents]) => {
    const all = words(intents);
    return pairs(all, HARMFUL_FRAMES, all.length * 8, (intent, frame) => ({ text: frame.replace('X', intent), category }));
  });

export const intentsPrevented = (): OwnLine[] =>
  INTENTS.flatMap(([, intents]) => {
    const all = words(intents);
    return pairs(all, HARMLESS_FRAMES, all.length * 2, (intent, frame) => ({ text: frame.replace('X', intent) }));
  });
