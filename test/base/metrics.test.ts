import { describe, expect, it } from 'vitest'
import { createMetrics } from '../../src/base/metrics.ts'

describe('the longest block of the event loop', () => {
  const { registry } = createMetrics(() => new Date())
  const longest = async () =>
    Number(/^kvitt_event_loop_longest_seconds (\S+)$/m.exec(await registry.metrics())?.[1])

  it('is seen, and counted from the last scrape on', async () => {
    await longest()
    const end = performance.now() + 250
    while (performance.now() < end);
    expect(await longest()).toBeGreaterThanOrEqual(0.25)
    expect(await longest()).toBeLessThan(0.25)
  })

  it('is seen by its own looks, when nobody asks', async () => {
    await longest()
    const end = performance.now() + 250
    while (performance.now() < end);
    // A timer that was set after the look is due after it.
    await new Promise((done) => setTimeout(done, 30))
    expect(await longest()).toBeGreaterThanOrEqual(0.25)
  })
})
