import type { Context } from '../context.ts'
import { makeBatch } from '../ledger/make-batch.ts'
import { forgetExpired } from '../people/store.ts'
import type { Task } from './timetable.ts'

/** Everything that happens at set times. `kvitt job NAME` runs one by hand. */
export function tasksOf(context: Context): Task[] {
  const { db, clock, config, log } = context
  const { exportHour } = config.economy
  const tidy: Task = {
    name: 'tidy-sign-ins',
    cron: '17 * * * *',
    run: async () => {
      await db.transaction((tx) => forgetExpired(tx, clock.now()))
    },
  }
  const makeJournal: Task = {
    name: 'make-batch',
    cron: `5 ${exportHour ?? 6} * * *`,
    run: async () => {
      const outcome = await makeBatch(context, { by: 'timetable' })
      log.info({ outcome: outcome.kind }, 'batch by timetable')
    },
  }
  return exportHour === undefined ? [tidy] : [tidy, makeJournal]
}

/** The names of all tasks, whatever the configuration: their queues are made with the migrations. */
export const taskNames = ['tidy-sign-ins', 'make-batch']
