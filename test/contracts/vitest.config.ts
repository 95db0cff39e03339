import { defineConfig } from 'vitest/config'

/** What is held against files that are not in the repository: `npm run test:contracts`. */
export default defineConfig({
  test: {
    root: 'test',
    include: ['contracts/**/*.contract.ts'],
    globalSetup: ['contracts/outside-files.ts'],
    reporters: ['default', 'support/closing-line.ts'],
  },
})
