import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node'

/**
 * Ends the run with one plain line that any machine can read: `N passed, N failed, N skipped`. Where CI is set nothing may
 * be skipped, since nobody reads there what was: the run fails and names each. A run of chosen names (`-t`) skips the rest.
 */
// biome-ignore lint/style/noDefaultExport: vitest loads a reporter by its default export
export default class ClosingLine implements Reporter {
  #chosenByName = false

  onInit(vitest: Vitest): void {
    this.#chosenByName = vitest.config.testNamePattern !== undefined
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 }
    const skipped: TestCase[] = []
    for (const module of modules) {
      if (!module.ok() && module.children.size === 0) count.failed += 1
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        count[state] += 1
        if (state === 'skipped') skipped.push(test)
      }
    }
    if (skipped.length > 0 && process.env.CI && !this.#chosenByName) {
      for (const { module, fullName } of skipped)
        console.log(`SKIPPED ${module.relativeModuleId}: ${fullName}`)
      console.log('\nNothing may be skipped in CI: what these tests need must be installed there.')
      process.exitCode = 1
    }
    console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`)
  }
}
