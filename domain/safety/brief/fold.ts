/**
 * Characters that look like a Latin letter and survive Unicode's own compatibility folding. One string a letter, chosen by eye from the
 * Cyrillic, Greek, Armenian and phonetic blocks. Upper case stands apart, because Greek and Cyrillic pairs change their look with case.
 */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: 'аαɑᴀАΑ',
  b: 'ьвβʙᏏВΒƀ',
  c: 'сϲᴄСϹƈ',
  d: 'ԁɗᴅđ',
  e: 'еєεɛᴇеЕΕєǝ',
  f: 'ꜰƒϝ',
  g: 'ɡցɢǥ',
  h: 'һհʜнΗНħ',
  i: 'іιɪıɩІΙӀї',
  j: 'јʝᴊЈϳ',
  k: 'кκᴋКΚƙ',
  l: 'ʟłⅼӏɭ',
  m: 'мᴍМΜ',
  n: 'пηɴɲΝո',
  o: 'оοσօᴏОΟøө',
  p: 'рρᴘРΡƥþ',
  q: 'ԛգ',
  r: 'гʀɾ',
  s: 'ѕꜱЅʂ',
  t: 'тτᴛТΤŧ',
  u: 'υսᴜцʋ',
  v: 'ѵνᴠѴ',
  w: 'ԝωᴡшѡ',
  x: 'хχХΧ',
  y: 'уγʏУΥү',
  z: 'ᴢΖʐ',
  ae: 'æ',
  oe: 'œ',
  ss: 'ß',
};
const LATIN_FOR: ReadonlyMap<string, string> = new Map(
  Object.entries(LOOK_ALIKES).flatMap(([latin, alikes]) => [...alikes].map((alike) => [alike, latin] as const)),
);

/** Letters in squares, circles and flags, each block A to Z in order. */
const LETTER_BLOCKS = [0x1f130, 0x1f150, 0x1f170, 0x1f1e6] as const;

/** Format characters, joiners and fillers: they are not seen, so they cannot separate letters. Variation selectors are marks and go with those. */
const INVISIBLE = /[\p{Cf}\u115f\u1160\u3164\uffa0]/gu;

/** Pictures that stand for a word. Few: most pictures are innocent more often than not. */
const EMOJI: ReadonlyMap<string, string> = new Map([
  ['\u{1f51e}', ' nsfw '], // nobody under eighteen
  ['\u{1f595}', ' middle finger '],
  ['\u{1f52b}', ' gun '],
  ['\u{1fa78}', ' blood '],
  ['\u{1f6ac}', ' cigarette '],
  ['\u{1f52a}', ' knife '],
  ['\u{1f9e8}', ' firecracker '],
  ['\u534d', ' swastika '],
]);
/** Letters that are never drawn, each 0xe0000 above its ASCII letter: a place to hide words from people and show them to machines. */
const TAG_LETTERS = /[\u{e0020}-\u{e007e}]+/gu;

/** What is written in tag letters, as plain text. Flags of regions use a few of them. */
export function hiddenText(text: string): string {
  const hidden = [...text.matchAll(TAG_LETTERS)].map(([run]) =>
    [...run].map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0xe0020) - 0xe0000)).join(''),
  );
  return hidden.join(' ');
}

/** Text as a reader sees it: compatibility forms, accents, case and look-alike letters folded, invisible characters gone. */
export function fold(text: string): string {
  const plain = text.normalize('NFKC').replace(INVISIBLE, '').normalize('NFKD').replace(/\p{M}/gu, '');
  const latin = [...plain]
    .map((character) => EMOJI.get(character) ?? LATIN_FOR.get(character) ?? blockLetter(character) ?? character)
    .join('');
  // A second look after lower-casing: only some capitals are in the table, the rest are known by their small form.
  const lower = [...latin.toLowerCase()].map((character) => LATIN_FOR.get(character) ?? character).join('');
  // `don't` is one word; `potter's` stays in two pieces, so that it is read as `potter` and as `potters`.
  return lower.replace(/(?<=\p{L})['\u2018\u2019\u02bc`\u00b4](?=\p{L})(?!s(?!\p{L}))/gu, '');
}

function blockLetter(character: string): string | undefined {
  const point = character.codePointAt(0) ?? 0;
  const start = LETTER_BLOCKS.find((block) => point >= block && point < block + 26);
  return start === undefined ? undefined : String.fromCharCode(0x61 + point - start);
}
