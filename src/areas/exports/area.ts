import type { Area, AreaTask } from '../../area.ts'
import { timetable } from '../../base/actor.ts'
import { makeBatch } from './make-batch.ts'
import { exportsRouter } from './pages/routes.ts'
import { journals } from './pages/texts.ts'

const makeBatchByItself: AreaTask = {
  name: 'make-batch',
  cron: ({ economy: { exportHour } }) => (exportHour === undefined ? undefined : `5 ${exportHour} * * *`),
  run: async (context) => {
    const outcome = await makeBatch(context, { actor: timetable })
    context.log.info({ outcome: outcome.kind }, 'batch by timetable')
  },
}

/** What of the journal is handed to the economy system, in numbered batches that never change. */
export const exports: Area = {
  name: 'exports',
  acts: {
    'batch-made': { sv: 'Gjorde en journal', en: 'Made a journal' },
    'batch-downloaded': { sv: 'Hämtade en journal', en: 'Downloaded a journal' },
  },
  tasks: [makeBatchByItself],
  pages: [
    {
      places: [
        {
          at: '/economy/journals',
          visitors: ['economy', 'approver', 'auditor'],
          proofForChanges: true,
        },
      ],
      texts: { exports: journals },
      router: ({ context }) => exportsRouter(context),
    },
  ],
}
