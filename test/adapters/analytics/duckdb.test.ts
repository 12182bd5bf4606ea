import { expect, it } from 'vitest';
import { openAnalytics } from '#adapters/analytics/duckdb';

it('answers with plain numbers and text', async () => {
  const analytics = await openAnalytics();
  expect(await analytics.query("SELECT 7::BIGINT AS whole, 0.5::DOUBLE AS part, 'x' AS word, NULL AS nothing")).toEqual([
    { whole: 7, part: 0.5, word: 'x', nothing: null },
  ]);
  await expect(analytics.query("SELECT DATE '2026-11-24' AS day")).rejects.toThrow(/column day: expected text or a number/);
  analytics.close();
});
it('takes variables as text, whatever they hold', async () => {
  const analytics = await openAnalytics();
  expect(
    await analytics.query("SELECT getvariable('name') AS name, getvariable('none') AS none", { name: "o'hara", none: undefined }),
  ).toEqual([{ name: "o'hara", none: null }]);
  analytics.close();
});
it('reaches for nothing outside', async () => {
  const analytics = await openAnalytics();
  await expect(analytics.query("SELECT * FROM 'https://example.org/facts.parquet'")).rejects.toThrow(/httpfs|autoload|extension/i);
  analytics.close();
});
