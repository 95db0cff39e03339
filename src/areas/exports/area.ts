import type { Area, AreaTask } from '../../area.ts'
import { timetable } from '../../base/actor.ts'
import { makeBatch } from './make-batch.ts'
import { exportsRouter } from './pages/routes.ts'
import { batches } from './pages/texts.ts'

const makeBatchByItself: AreaTask = {
  name: 'make-batch',
  cron: ({ economy: { exportHour } }) => (exportHour === undefined ? undefined : `5 ${exportHour} * * *`),
  run: async (context) => {
    const outcome = await makeBatch(context, { actor: timetable })
    context.log.info({ event: 'batch-task.finished', outcome: outcome.kind }, 'the daily batch task finished')
  },
}

/** What of the journal is handed to the economy system, in numbered batches that never change. */
export const exports: Area = {
  name: 'exports',
  acts: {
    'batch-made': { sv: 'Gjorde en bokföringsorder', en: 'Made a batch' },
    'batch-downloaded': { sv: 'Hämtade en bokföringsorder', en: 'Downloaded a batch' },
  },
  tasks: [makeBatchByItself],
  pages: [
    {
      places: [
        {
          at: '/economy/batches',
          visitors: ['economy', 'approver', 'auditor'],
          proofForChanges: true,
        },
        { at: '/economy/journals', visitors: ['economy', 'approver', 'auditor'] },
      ],
      texts: { exports: batches },
      router: ({ context }) => exportsRouter(context),
    },
  ],
}
