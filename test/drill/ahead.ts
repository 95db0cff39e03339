/**
 * Loaded before the product, in its own process: its clock goes so many milliseconds ahead of the machine's as the
 * drill says, from the start (DRILL_AHEAD_MS) and whenever it sends a message. When time passes, what counts the
 * milliseconds since the start has passed them too; when the clock is set wrong, it has not. Timers are not moved.
 */
const MachineDate = globalThis.Date
let ahead = Number(process.env.DRILL_AHEAD_MS ?? 0)
let passed = 0

class DrillDate extends MachineDate {
  constructor(...parts: unknown[]) {
    if (parts.length === 0) super(MachineDate.now() + ahead)
    else super(...(parts as [number]))
  }
  static override now(): number {
    return MachineDate.now() + ahead
  }
}
globalThis.Date = DrillDate as DateConstructor

const sinceStart = performance.now.bind(performance)
performance.now = () => sinceStart() + passed

process.on('message', (said: { ahead: number; passed: number }) => {
  ahead = said.ahead
  passed += said.passed
  process.send?.({ ahead })
})
// The line to the drill must not keep the product from ending.
process.channel?.unref()
