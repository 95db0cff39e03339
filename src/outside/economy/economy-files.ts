import { type OffLoop, offLoopFunction } from '../../base/off-loop.ts'
import type { EconomyFiles, EconomyFormat } from '../ports/economy.ts'
import type * as thread from './batch-files.ts'
import { exportFormats } from './list.ts'

const batchFiles = offLoopFunction<typeof thread, 'batchFiles'>(
  new URL('./batch-files.ts', import.meta.url),
  'batchFiles',
)

/** Returns what writes batches in the formats of the configuration, off the event loop. */
export function createEconomyFiles(names: (keyof typeof exportFormats)[], offLoop: OffLoop): EconomyFiles {
  return {
    formats: names.map((name): EconomyFormat => exportFormats[name]),
    write: (heading, parts) => offLoop.run(batchFiles, { formats: names, heading }, parts),
  }
}
