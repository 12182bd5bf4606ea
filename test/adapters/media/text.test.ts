import { describe, expect, it } from 'vitest';
import { drawCaption } from '#adapters/media/layers';
import { drawText, installedFonts, type Raster, type TextStyle } from '#adapters/media/text';

const fonts = installedFonts();
const style: TextStyle = { width: 400, height: 120, largest: 48, smallest: 14, color: '#ff0000', align: 'left', weight: 'bold' };
const draw = (words: string, changes: Partial<TextStyle> = {}) => drawText(words, { ...style, ...changes }, fonts);
const inked = ({ pixels }: Raster): number => pixels.filter((value, index) => index % 4 === 3 && value > 128).length;

describe('words in a box', () => {
  it.each([
    ['plain', 'Roasted this morning. Poured for you.'],
    ['one very long word', 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'],
    ['markup', '<script>alert("x")</script> & <span size="90000">\'big\'</span>'],
    ['right to left', 'שלום עולם مرحبا بالعالم'],
    ['emoji', 'Hello ☕🌱👩‍🌾'],
    ['a newline and a tab', 'first\nsecond\tthird'],
    ['120 wide letters', 'W'.repeat(120)],
  ])('are drawn and fit: %s', async (_, words) => {
    const drawn = await draw(words);
    expect(drawn.width).toBeLessThanOrEqual(style.width);
    expect(drawn.height).toBeLessThanOrEqual(style.height);
    expect(inked(drawn)).toBeGreaterThan(100);
  });

  it('show markup as the characters it is written with', async () => {
    const marked = await draw('<b>a</b>', { largest: 20 });
    const plain = await draw('a', { largest: 20 });
    expect(marked.width).toBeGreaterThan(4 * plain.width);
    expect(inked(await draw('&amp;', { largest: 20 }))).toBeGreaterThan(1.5 * inked(await draw('&', { largest: 20 })));
  });

  it('have the asked color', async () => {
    const { pixels } = await draw('Hi');
    const solid = Array.from({ length: pixels.length / 4 }, (_, n) => n * 4).filter((at) => pixels[at + 3] === 255);
    expect(solid.length).toBeGreaterThan(50);
    for (const at of solid) expect([pixels[at], pixels[at + 1], pixels[at + 2]]).toEqual([255, 0, 0]);
  });

  it('are as large as asked when they fit, and smaller when they must be', async () => {
    expect((await draw('Hi')).height).toBeGreaterThan(30);
    expect((await draw('Hi', { height: 20 })).height).toBeLessThanOrEqual(20);
  });

  it('leave no word alone on the last line when two even lines are to be had', async () => {
    const even = await draw('Spring blend. In shops now.', { width: 420, largest: 40, align: 'centre' });
    expect(even.width).toBeLessThan(340);
  });

  it('are the same bytes every time', async () => {
    expect((await draw('Twice')).pixels).toEqual((await draw('Twice')).pixels);
  });
});

it('shades a caption to nothing at its open side and fully under the words', async () => {
  const scrim = { width: 300, height: 200, open: 'top', fade: 60 } as const;
  const ink = { text: '#ffffff', bar: '#c0392b', shade: '#20150f', shadeAlpha: 0.6 };
  const place = { x: 20, y: 80, width: 260, height: 100 };
  const { pixels } = await drawCaption('Words', { scrim, place, align: 'centre', largest: 40, smallest: 12, ink }, fonts);
  const alpha = (x: number, y: number): number => pixels[(y * 300 + x) * 4 + 3]!;
  expect(alpha(5, 0)).toBe(0);
  expect(alpha(5, 199)).toBe(Math.round(255 * 0.6));
  for (let y = 1; y < 200; y++) expect(alpha(5, y)).toBeGreaterThanOrEqual(alpha(5, y - 1));
});
