import { expect, it } from 'vitest';
import { openMemoryMediaLinks } from '#adapters/memory/media-links';

it('leads to the file by bucket and key, wherever the files are served', async () => {
  const { link } = openMemoryMediaLinks('http://127.0.0.1:1');
  expect(await link({ bucket: 'artifacts', key: 'tenants/acme/jobs/acme_1/poster.png' })).toBe(
    'http://127.0.0.1:1/artifacts/tenants/acme/jobs/acme_1/poster.png',
  );
});
