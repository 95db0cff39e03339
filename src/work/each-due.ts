import { addToTrail, type Log, type Trail, withTrail } from '../base/log.ts'

/**
 * Does the work of each claimed row, all at once, each under a trail of its own. One that fails is logged, stays due in
 * its row, and does not keep the others from their turn.
 */
export async function eachDue<Due>(
  { log }: { log: Log },
  due: readonly Due[],
  trailOf: (one: Due) => Trail,
  work: (one: Due) => Promise<unknown>,
): Promise<void> {
  await Promise.all(
    due.map((one) =>
      withTrail({}, async () => {
        addToTrail(trailOf(one))
        try {
          await work(one)
        } catch (error) {
          log.error({ event: 'work.failed', err: error }, 'work failed; it is tried again')
        }
      }),
    ),
  )
}
