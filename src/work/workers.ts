import { type Log, withTrail } from '../base/log.ts'
import type { Bell } from './wake.ts'

/** Does some of the work that is due, and returns how much it did. Work that fails must stay due in its own row. */
export type DueWork = () => Promise<number>

export interface Workers {
  /** Takes no new work and waits for what is in hand. */
  stop(): Promise<void>
}

export interface Rhythm {
  /** How often each kind of work looks by itself. */
  pollSeconds: number
  /**
   * Milliseconds from one round of a kind of work to the next, at least, while there is work. Only for what comes in
   * floods and is done in larger portions then (webhooks): where portions are small, to wait would be to bound the rate.
   */
  minimumRound?: Record<string, number>
}

/**
 * Keeps each kind of work going: at once when it is woken, and every `pollSeconds` in case a wake was lost or another
 * instance died. Each kind runs on its own, so that a slow Koha does not keep webhooks waiting.
 */
export function startWorkers(
  work: Readonly<Record<string, DueWork>>,
  bell: Bell,
  log: Log,
  { pollSeconds, minimumRound = {} }: Rhythm,
): Workers {
  const running = Object.entries(work).map(([name, doDueWork]) =>
    startWorker({ name, doDueWork, pollSeconds, minimumRound: minimumRound[name] ?? 0 }, bell, log),
  )
  return {
    stop: async () => {
      await Promise.all(running.map((worker) => worker.stop()))
    },
  }
}

interface Worker {
  name: string
  doDueWork: DueWork
  pollSeconds: number
  minimumRound: number
}

function startWorker({ name, doDueWork, pollSeconds, minimumRound }: Worker, bell: Bell, log: Log): Workers {
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
      else await waitOutMinimumRound(minimumRound, begun)
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

function waitOutMinimumRound(minimumRound: number, begun: number): Promise<void> {
  const left = minimumRound - (performance.now() - begun)
  return left > 0 ? new Promise((done) => setTimeout(done, left)) : Promise.resolve()
}

/** The unexpected is logged and the work is tried again when it is next due: its row says when. */
async function tryToWork(doDueWork: DueWork, log: Log, name: string): Promise<number> {
  try {
    return await doDueWork()
  } catch (error) {
    log.error(
      { event: 'worker.failed', err: error, work: name },
      'a round of a worker failed; it is tried again',
    )
    return 0
  }
}
