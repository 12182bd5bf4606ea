/** Endings that make another form of the same word, longest first; what stands before them is compared. */
const ENDINGS =
  'isations izations isation ization ations ation ities ments ously ingly iness ising izing ised ized ises izes iser izer isms ists ment ions ness ally less ings ers ors ism ist ise ize ies ied ier iest ion ing est ous able ful ery ess ity ish ed es er or ly al ic an en e y s a i'.split(
    ' ',
  );
/** A shorter stem says too little: "dozing" is no form of "doxing". */
const SHORTEST_STEM = 3;

/** What is left of a word without its endings; doubled letters once. */
function stemOf(word: string): string {
  let stem = word;
  for (;;) {
    const ending = ENDINGS.find((one) => stem.endsWith(one) && stem.length - one.length >= SHORTEST_STEM);
    if (!ending) return stem.replace(/(.)\1+/g, '$1');
    stem = stem.slice(0, -ending.length);
  }
}

/** Other spellings of what a rule names, and compounds of it: no stem tells them. */
const SAME = new Set('beheads carjack dogfight dogfights fagot fetich gipsies heisting marihuana midgets warmonger warmongers'.split(' '));
/** Words that look like a form of another, or fall apart into long parts, and have nothing to do with it. */
const OTHERS = new Set(
  `antislavery backhoes backstroking barfed beater bides bidets billet bleeping bleeps bloodmobile bloodstreams bluestocking braziers breastbones
  breastplates breastwork breastworks bullring burped burred busied buzzkill buzzkills carets carrel cassino cassinos chickweed choler climes condoes
  conversed copses corpuses couplets ducat ducats dunking flaked flaking flamed flashguns flawing ganglion ganglions gangways goggle gooiest graven graver
  gravies hawing horseshoes internationalism killdeer kilned kilning lither litterbugs littler loosed loosing macrons marginalia matted midge midges minion
  modicums muskmelons muskrats musketeer muting nonpolitical nonsexist nonsmoker nonsmokers nonvoting offertories offertory outvote outvoted outvotes
  outvoting overdo overstocking pamper panning pasting pedometer pedometers peeving pepping perkier polities prefabricate prefabricating prefabrication
  prepossessed proliferates purring pursing riffed riffle riffled riffles righting robing scamper scarfed slavering slurring smokier smugger snicker snoot
  squawking stabled stabling staled staler staling stancher starker steeling stonier strep striping stripling swathed swathing swatter swifter titter tittles
  tortes treasonable twitted upraising vibrato vibratos wanderlust wanner weaponless wends whippets`.split(/\s+/),
);

/** Whether both are forms of one word, by their stems; a stem may have lost up to two letters more than the other ("accus", "accusat"). */
export function isForm(one: string, other: string): boolean {
  if (SAME.has(one) || OTHERS.has(one)) return SAME.has(one);
  const [a = '', b = ''] = [stemOf(one), stemOf(other)].sort((x, y) => x.length - y.length);
  return b.startsWith(a) && b.length - a.length <= 2;
}

/** Short parts that do make words: a gunfight is one with guns. */
const MORPHEMES = new Set(['gun', 'non', 'sex', 'pre']);

/** Whether the parts of a word have nothing to do with what it means: "upholster" is no "holster". */
export const isTornApart = (word: string, parts: readonly string[]): boolean =>
  OTHERS.has(word) || (!SAME.has(word) && parts.some((part) => part.length <= 3 && !MORPHEMES.has(part)));
