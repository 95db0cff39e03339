import { anchorAudit } from '../areas/audit/anchor-audit.ts'
import type { Actor } from '../areas/audit/audit.ts'
import { makeBatch } from '../areas/exports/make-batch.ts'
import { remainingWork } from '../areas/operations/store.ts'
import { forgetPersonalData } from '../areas/retention/forget-personal-data.ts'
import type { Context } from '../work/context.ts'
import type { Task } from '../work/run-due-tasks.ts'

/** Who acts when the clock does. */
const timetable: Actor = { who: 'timetable', role: 'system', address: null, request: null }

/** Paid so long ago and still not in Koha: somebody should know, though it is tried again all the time. */
const LONG_WAIT_SECONDS = 3 * 3600

/** Everything that happens at set times. `kvitt job NAME` runs one by hand. */
export function tasksOf(context: Context): Task[] {
  const { exportHour } = context.config.economy
  const leftovers: Task = {
    name: 'tell-of-leftovers',
    cron: '17 * * * *',
    run: () => tellOfLeftovers(context),
  }
  const forgetting: Task = {
    name: 'forget-personal-data',
    cron: '35 3 * * *',
    run: async () => {
      await forgetPersonalData(context, timetable)
    },
  }
  const anchoring: Task = { name: 'anchor-audit', cron: '50 3 * * *', run: () => anchorAudit(context) }
  if (exportHour === undefined) return [leftovers, forgetting, anchoring]
  return [
    leftovers,
    forgetting,
    anchoring,
    { name: 'make-batch', cron: `5 ${exportHour} * * *`, run: () => makeBatchByItself(context) },
  ]
}

/** One line in the log each hour while something waits for a person or has waited long for Koha: what an alert can hang on. */
async function tellOfLeftovers({ db, clock, log }: Context): Promise<void> {
  const remaining = await remainingWork(db, clock.now())
  if (remaining.parked > 0 || remaining.oldestNotRegistered > LONG_WAIT_SECONDS)
    log.error({ remaining }, 'somebody should look')
}

async function makeBatchByItself(context: Context): Promise<void> {
  const outcome = await makeBatch(context, { actor: timetable })
  context.log.info({ outcome: outcome.kind }, 'batch by timetable')
}
