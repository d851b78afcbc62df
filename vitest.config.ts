import {defineConfig} from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 30_000,
    maxWorkers: 2,
    // Deterministic output wherever the tests run. Ink draws nothing that moves where it believes to be in CI.
    env: {
      TZ: 'America/St_Johns',
      NO_COLOR: '',
      FORCE_COLOR: '',
      CI: 'false',
      CONTINUOUS_INTEGRATION: 'false',
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          isolate: false, // modules stay compiled from file to file, which halves the time; no test may count on fresh ones
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: ['test/e2e/**', 'test/docs/**'],
        },
      },
      // The shipped command, as each supported Node runs it; and what the documents say it does, which is the same on all.
      ...['e2e', 'docs'].map(name => ({
        extends: true as const,
        test: {
          name,
          include: [`test/${name}/**/*.test.ts`],
          globalSetup: 'test/support/build.ts',
          testTimeout: 60_000,
        },
      })),
    ],
  },
});
