import type { Reporter, TestModule } from 'vitest/node'

/** Ends the run with one plain line that any machine can read: `N passed, N failed, N skipped`. */
// biome-ignore lint/style/noDefaultExport: vitest loads a reporter by its default export
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 }
    for (const module of modules) {
      if (!module.ok() && module.children.size === 0) count.failed += 1
      for (const test of module.children.allTests()) count[test.result().state] += 1
    }
    console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`)
  }
}
