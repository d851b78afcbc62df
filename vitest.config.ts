import {defineConfig} from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    testTimeout: 30_000,
    // Deterministic output wherever the tests run.
    env: {TZ: 'America/St_Johns', NO_COLOR: '', FORCE_COLOR: '', CI: ''},
  },
});
