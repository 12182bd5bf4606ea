import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAX_BRIEF_BYTES } from '#contracts/brief';
import { BriefProblem } from '#contracts/events';
import { MAX_PROBLEMS, type ParsedBrief, parseBrief } from '#domain/intake/parse';
import { fullBrief } from './world.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const problemsOf = (parsed: ParsedBrief) => ('problems' in parsed ? parsed.problems : []);

/** Every promise about a refusal: there is a reason, it can be shown, and it fits into an event and a note. */
function expectReasons(parsed: ParsedBrief): void {
  const problems = problemsOf(parsed);
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.length).toBeLessThanOrEqual(MAX_PROBLEMS);
  for (const problem of problems) {
    BriefProblem.parse(problem);
    expect(problem.path.length).toBeGreaterThan(0);
    expect(problem.path.length).toBeLessThanOrEqual(400);
    expect(problem.expected.length).toBeGreaterThan(0);
    expect(problem.found.length).toBeGreaterThan(0);
    expect(problem.found.length).toBeLessThanOrEqual(120);
    expect(problem.path + problem.expected + problem.found).not.toMatch(/[\p{Cc}\p{Cs}]/u);
  }
}

/** Paths of every value in the full example, the brief itself left out. */
function pathsIn(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  const here = path.length > 0 ? [path] : [];
  if (Array.isArray(value)) return [...here, ...value.flatMap((member, index) => pathsIn(member, [...path, index]))];
  if (typeof value !== 'object' || value === null) return here;
  return [...here, ...Object.entries(value).flatMap(([key, member]) => pathsIn(member, [...path, key]))];
}
function changed(
  path: readonly (string | number)[],
  change: (parent: Record<string | number, unknown>, last: string | number) => void,
): Uint8Array {
  const brief: Record<string | number, unknown> = JSON.parse(fullBrief);
  const parent = path.slice(0, -1).reduce((value, part) => value[part] as Record<string | number, unknown>, brief);
  change(parent, path.at(-1) ?? '');
  return bytes(JSON.stringify(brief));
}
const anyPath = fc.constantFrom(...pathsIn(JSON.parse(fullBrief)));
/** Nothing in a brief may be one of these. */
const wrongEverywhere = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, -1, 1e308, 0.1, '', [[]], [null], { surprise: { deep: 1 } }),
  fc.string({ minLength: 1100, maxLength: 1200 }),
);

it('names the place of a wrong value, wherever it is', () => {
  fc.assert(
    fc.property(anyPath, wrongEverywhere, (path, wrong) => {
      // Metadata values may be empty text; everything else may not.
      fc.pre(!(path[0] === 'metadata' && path.length > 1 && wrong === ''));
      const parsed = parseBrief(changed(path, (parent, last) => Object.assign(parent, { [last]: wrong })));
      expectReasons(parsed);
      expect(problemsOf(parsed).some((problem) => problem.path.startsWith(String(path[0])))).toBe(true);
    }),
    { numRuns: 500 },
  );
});

it('names a key that the contract does not know, in any object', () => {
  const objects = [[], ['product'], ['storyboard', 0], ['storyboard', 1], ['brand'], ['outputs', 0]] as const;
  const known = new Set(pathsIn(JSON.parse(fullBrief)).flat().map(String));
  fc.assert(
    fc.property(
      fc.constantFrom(...objects),
      fc.string({ minLength: 1, maxLength: 300 }),
      fc.jsonValue({ maxDepth: 2 }),
      (path, key, value) => {
        fc.pre(!known.has(key) && key !== '__proto__');
        const parsed = parseBrief(changed([...path, key], (parent, last) => Object.assign(parent, { [last]: value })));
        expectReasons(parsed);
      },
    ),
  );
});

it('misses no required part', () => {
  const required = ['schema', 'tenant', 'campaign', 'product', 'storyboard', 'brand'].map((key) => [key]);
  for (const path of [
    ...required,
    ['product', 'name'],
    ['product', 'photo'],
    ['storyboard', 0, 'seconds'],
    ['storyboard', 1, 'description'],
    ['brand', 'palette'],
  ]) {
    const parsed = parseBrief(changed(path, (parent, last) => Reflect.deleteProperty(parent, last)));
    expectReasons(parsed);
    expect(problemsOf(parsed)).toMatchObject([{ found: 'nothing' }]);
  }
});

it('never throws, whatever the bytes, and never answers without a brief or a reason', () => {
  const broken = fc.tuple(fc.nat(fullBrief.length), fc.uint8Array({ maxLength: 4 }), fc.nat(3)).map(([at, insert, cut]) => {
    const whole = bytes(fullBrief);
    return Uint8Array.from([...whole.slice(0, at), ...insert, ...whole.slice(at + cut)]);
  });
  fc.assert(
    fc.property(
      fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.json().map(bytes), fc.string({ unit: 'binary' }).map(bytes), broken),
      (input) => {
        const parsed = parseBrief(input);
        if (!('brief' in parsed)) expectReasons(parsed);
      },
    ),
    { numRuns: 1000 },
  );
});

it('refuses exactly the text that JSON refuses, apart from keys and depth', () => {
  const nearlyJson = fc
    .tuple(
      fc.json({ maxDepth: 4 }),
      fc.nat(),
      fc.constantFrom('', '"', '}', ',', '\\', '0', '-', '.', 'e', '\u00a0', '[', ':', 'null', '\t', '\u0001'),
    )
    .map(([text, at, insert]) => text.slice(0, at % (text.length + 1)) + insert + text.slice((at % (text.length + 1)) + 1));
  fc.assert(
    fc.property(nearlyJson, (text) => {
      const readable = isJson(text);
      const syntax = problemsOf(parseBrief(bytes(text))).filter(
        ({ found, expected }) => / at line \d+, column \d+$/.test(found) && !/once|prototype|levels/.test(expected),
      );
      expect(syntax.length === 0).toBe(readable);
    }),
    { numRuns: 1000 },
  );
});

it('refuses a brief of one byte too many, and reads one of just the limit', () => {
  const padded = (size: number) => bytes(fullBrief + ' '.repeat(size - bytes(fullBrief).length));
  expect(parseBrief(padded(MAX_BRIEF_BYTES))).toHaveProperty('brief');
  expect(problemsOf(parseBrief(padded(MAX_BRIEF_BYTES + 1)))).toMatchObject([
    { path: '$', expected: expect.stringContaining(String(MAX_BRIEF_BYTES)) },
  ]);
});

it('tolerates the byte order mark that some editors write', () => {
  expect(parseBrief(bytes(`\uFEFF${fullBrief}`))).toHaveProperty('brief');
});

it('lists at most 50 problems and says how many it left out', () => {
  const brief = Object.assign(JSON.parse(fullBrief), {
    storyboard: Array.from({ length: 100 }, () => ({ seconds: 0, description: 'cup' })),
  });
  const problems = problemsOf(parseBrief(bytes(JSON.stringify(brief))));
  expect(problems).toHaveLength(50);
  expect(problems.at(-1)?.found).toBe('51 more');
});

it('refuses a hundred thousand open brackets without running out of stack', () => {
  expectReasons(parseBrief(bytes('['.repeat(100_000))));
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
