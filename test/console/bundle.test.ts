import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleConsole } from '../../tools/bundle/console.ts';

const root = join(import.meta.dirname, '../..');
/** Six seconds on a line of 160 kbit/s, a third of one on a usual phone. */
const SCRIPT_GZIP_BYTES = 120_000;

const folder = mkdtempSync(join(tmpdir(), 'framewright-console-'));
let inputs: readonly string[];
beforeAll(async () => {
  inputs = Object.keys((await bundleConsole(root, folder)).inputs);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const page = () => readFileSync(join(folder, 'index.html'), 'utf8');
const assets = () => readdirSync(join(folder, 'assets'));

it('keeps its script small enough for a bad line', () => {
  const scripts = assets().filter((name) => name.endsWith('.js'));
  const bytes = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, 'assets', name)), { level: 9 }).byteLength, 0);
  console.log(`console: ${(bytes / 1000).toFixed(1)} kB of script, compressed`);
  expect(scripts).toHaveLength(1);
  expect(bytes).toBeLessThan(SCRIPT_GZIP_BYTES);
});

it('names files by their contents, so that they may be kept for ever', () => {
  expect(assets().every((name) => /-[A-Z0-9]{8}\.(js|css|woff2|svg)$/.test(name))).toBe(true);
  for (const [, name = ''] of page().matchAll(/(?:src|href)="([^"]+)"/g)) expect(assets()).toContain(name.replace('assets/', ''));
});

it('has nothing inline and nothing from elsewhere, which its security policy would refuse', () => {
  expect(page()).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|https?:/);
  const styles = assets().filter((name) => name.endsWith('.css'));
  for (const name of styles) expect(readFileSync(join(folder, 'assets', name), 'utf8')).not.toMatch(/url\(["']?(?:https?:|data:)/);
});

it('is made of the console, the contracts and two packages', () => {
  const packages = inputs.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
  expect([...new Set(packages)].sort()).toEqual(['@fontsource-variable/inter', 'preact', 'zod']);
  expect(inputs.filter((path) => !path.includes('node_modules') && !/^(console|contracts)\//.test(path))).toEqual([]);
});
