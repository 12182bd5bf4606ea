import type { SafetyVote } from '#contracts/verdict';
import type { WrittenLine } from '#domain/ports';

/** What agencies print over pictures that nobody paid for, without spaces. */
const AGENCIES = [
  'shutterstock',
  'gettyimages',
  'istock',
  'istockphoto',
  'adobestock',
  'alamy',
  'dreamstime',
  'depositphotos',
  '123rf',
  'bigstock',
  'pond5',
  'canstockphoto',
  'freepik',
  'vecteezy',
  'stocksy',
  'storyblocks',
  'videoblocks',
  'envato',
  'motionarray',
  'artgrid',
];
/** Words that mark a picture as not released, where they stand alone: "free sample" is an offer, "SAMPLE" is not. */
const ALONE = ['sample', 'preview', 'watermark', 'proof', 'unlicensed', 'donotcopy', 'notforresale', 'forreviewonly', 'evaluationcopy'];
/** A claim of rights. The sign is often read as a bracketed c or as an at sign. */
const CLAIM = /(©|\(c\)|\bcopyright\b|\ball rights reserved\b)/i;

/** Names this long may have one letter wrong: readers take l for I and o for 0. */
const LONG_NAME = 8;
const SCORES = { agency: 0.95, alone: 0.7, claim: 0.6 } as const;

/** Words of stock agencies in what was read, each with where it stands. */
export function watermarkWords(lines: readonly WrittenLine[]): SafetyVote[] {
  return lines.flatMap(({ text, box }) => {
    const folded = text.normalize('NFKC').toLowerCase();
    const letters = folded.replace(/[^a-z0-9]/g, '').replace(/0/g, 'o');
    const vote = (rule: keyof typeof SCORES, what: string): SafetyVote[] => [
      { category: 'third-party-watermark', score: SCORES[rule], evidence: `read "${text}": ${what}`.slice(0, 500), box, rule },
    ];
    const agency = AGENCIES.find((name) => holds(letters, name));
    if (agency) return vote('agency', `the name of a stock agency (${agency})`);
    if (ALONE.some((word) => letters === word || letters === word + word)) return vote('alone', 'a mark of pictures that are not released');
    return CLAIM.test(folded) ? vote('claim', 'a claim of rights') : [];
  });
}

function holds(letters: string, name: string): boolean {
  const wanted = name.replace(/0/g, 'o');
  if (letters.includes(wanted)) return true;
  if (wanted.length < LONG_NAME) return false;
  for (let start = 0; start + wanted.length <= letters.length; start++) {
    let wrong = 0;
    for (let index = 0; index < wanted.length && wrong < 2; index++) if (letters[start + index] !== wanted[index]) wrong++;
    if (wrong < 2) return true;
  }
  return false;
}
