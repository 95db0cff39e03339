import { systemClock } from '../context.ts'
import { openDatabase } from '../database/open.ts'
import { taskNames, tasksOf } from '../jobs/tasks.ts'
import { installTimetable } from '../jobs/timetable.ts'
import { createLog } from '../log.ts'
import { wire } from '../wiring.ts'
import { configurationOrExit } from './configuration.ts'

/** `kvitt job NAME`: runs one task of the timetable now, in this process. Ends with 1 when there is no such task. */
export async function runJob(file: string, name: string): Promise<void> {
  const config = configurationOrExit(file)
  const log = createLog(config.service.logLevel)
  const database = await openDatabase(config.database, {
    folder: config.folder,
    lay: (owner) => installTimetable(owner, taskNames),
    onIdleError: () => {},
  })
  try {
    const tasks = tasksOf(wire(config, database.db, log, systemClock).context)
    const task = tasks.find((one) => one.name === name)
    if (task) await task.run()
    else {
      console.error(`There is no task "${name}". There are: ${tasks.map((one) => one.name).join(', ')}`)
      process.exitCode = 1
    }
  } finally {
    await database.close()
  }
}
