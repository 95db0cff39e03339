/**
 * Loaded into the product's process before the product (node --import): looks at its event loop every few milliseconds,
 * and tells its parent, when asked, the longest time between two looks and the most that its own thread worked in one.
 * On a machine that others use too, the first says how long the thread waited for its turn as well.
 */

/** Since it was last asked; milliseconds. */
export interface LongestBlock {
  /** From one look to the next, by the clock. */
  wall: number
  /** What the serving thread itself worked in that time. */
  own: number
}

const LOOK_MS = 5

let longest: LongestBlock = { wall: 0, own: 0 }
let before = { at: performance.now(), used: process.threadCpuUsage() }

setInterval(() => {
  const { user, system } = process.threadCpuUsage(before.used)
  const at = performance.now()
  longest = {
    wall: Math.max(longest.wall, at - before.at),
    own: Math.max(longest.own, (user + system) / 1000),
  }
  before = { at, used: process.threadCpuUsage() }
}, LOOK_MS).unref()

process.on('message', () => {
  process.send?.(longest)
  longest = { wall: 0, own: 0 }
})
process.channel?.unref()
