import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: 'test',
    include: ['**/*.test.ts'],
    globalSetup: ['support/global-setup.ts'],
    reporters: ['default', 'support/closing-line.ts'],
    pool: 'threads',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
})
