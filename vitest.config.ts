import { defineConfig } from 'vitest/config';

/** Quick suites run side by side; `platform` and `e2e` share one local AWS and run one file after another. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          env: { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' },
          include: ['test/{architecture,contracts,domain,adapters,lambdas,containers,lib,tools,ports,console}/**/*.test.ts'],
          exclude: ['test/**/*.local-aws.test.ts', 'test/console/browser/**'],
          testTimeout: 60_000, // template tests synthesize the whole app, 5 s on an idle core
        },
      },
      {
        test: {
          name: 'browser',
          env: { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' },
          include: ['test/console/browser/**/*.test.ts'],
          fileParallelism: false, // one Chromium at a time: two on two cores would measure each other
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'local-aws',
          include: ['test/platform/**/*.test.ts', 'test/**/*.local-aws.test.ts'],
          globalSetup: ['test/platform/global-setup.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/global-setup.ts'],
          fileParallelism: false,
          testTimeout: 300_000, // one pipeline run takes about 20 s on two cores; a loaded machine gets ten times that
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
