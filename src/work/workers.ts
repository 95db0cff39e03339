import { type Log, withTrail } from '../base/log.ts'
import type { Bell, Work } from './wake.ts'

/** Does some of the work that is due, and answers how much it did. Work that fails must stay due in its own row. */
export type DueWork = () => Promise<number>

export interface Workers {
  /** Takes no new work and waits for what is in hand. */
  stop(): Promise<void>
}

/**
 * Keeps each kind of work going: at once when it is woken, and every `pollSeconds` in case a wake was lost or another
 * instance died. Each kind runs on its own, so that a slow Koha does not keep webhooks waiting.
 */
export function startWorkers(
  work: Readonly<Record<string, DueWork>>,
  bell: Bell,
  log: Log,
  pollSeconds: number,
): Workers {
  const running = Object.entries(work).map(([name, doDueWork]) =>
    startWorker(name as Work, doDueWork, bell, log, pollSeconds),
  )
  return {
    stop: async () => {
      await Promise.all(running.map((worker) => worker.stop()))
    },
  }
}

function startWorker(name: Work, doDueWork: DueWork, bell: Bell, log: Log, pollSeconds: number): Workers {
  let stopped = false
  let woken = true
  let wakeUp: () => void = () => {}
  bell.onWake(name, () => {
    woken = true
    wakeUp()
  })

  const rest = () =>
    new Promise<void>((done) => {
      const timer = setTimeout(done, pollSeconds * 1000)
      wakeUp = () => {
        clearTimeout(timer)
        done()
      }
    })

  const run = async () => {
    while (!stopped) {
      woken = false
      const begun = performance.now()
      const done = await withTrail({ job: name }, () => tryToWork(doDueWork, log, name))
      if (done === 0 && !woken && !stopped) await rest()
      else await breathe(name, begun)
    }
  }
  const finished = run()
  return {
    stop: async () => {
      stopped = true
      wakeUp()
      await finished
    },
  }
}

/**
 * Milliseconds. Under a flood of webhooks they are taken in in larger portions instead of one by one. Other work is
 * taken in small portions, so that to wait between them would be to bound its rate.
 */
const SHORTEST_ROUND: Partial<Record<Work, number>> = { webhooks: 50 }

function breathe(name: Work, begun: number): Promise<void> {
  const left = (SHORTEST_ROUND[name] ?? 0) - (performance.now() - begun)
  return left > 0 ? new Promise((done) => setTimeout(done, left)) : Promise.resolve()
}

/** The unexpected is logged and the work is tried again when it is next due: its row says when. */
async function tryToWork(doDueWork: DueWork, log: Log, name: Work): Promise<number> {
  try {
    return await doDueWork()
  } catch (error) {
    log.error({ err: error, work: name }, 'work failed')
    return 0
  }
}
