import { areas } from '../../areas.ts'
import { createLog } from '../../base/log.ts'
import { systemClock } from '../../work/context.ts'
import { tasksOf } from '../tasks.ts'
import { wire } from '../wiring.ts'
import { configurationOrExit } from './configuration.ts'
import { withDatabase } from './with-database.ts'

/** `kvitt job NAME`: runs one task of the timetable now, in this process. Ends with 1 when there is no such task. */
export async function runJob(file: string, name: string): Promise<void> {
  const config = configurationOrExit(file)
  const log = createLog(config.service.logLevel)
  await withDatabase(config, async (db) => {
    const tasks = tasksOf(areas, wire(config, db, log, systemClock).context)
    const task = tasks.find((one) => one.name === name)
    if (task) await task.run()
    else {
      console.error(`There is no task "${name}". There are: ${tasks.map((one) => one.name).join(', ')}`)
      process.exitCode = 1
    }
  })
}
