import { describe, expect, it } from 'vitest'
import { createLog } from '../../src/base/log.ts'
import { createBell } from '../../src/work/wake.ts'
import { type DueWork, startWorkers } from '../../src/work/workers.ts'

/** So long nobody looks by themselves in these tests: what happens, happens because of a wake. */
const NEVER = 3600

interface Scene {
  bell: ReturnType<typeof createBell>
  logged: Record<string, unknown>[]
  /** Resolves when a kind of work has been begun so many times. */
  begun(work: string, times: number): Promise<void>
  stop(): Promise<void>
}

function start(
  work: Record<string, DueWork>,
  pollSeconds = NEVER,
  minimumRound: Record<string, number> = {},
): Scene {
  const bell = createBell()
  const logged: Record<string, unknown>[] = []
  const counts = new Map<string, number>()
  const waiting: { work: string; times: number; done: () => void }[] = []
  const counted = (name: string): DueWork => {
    return async () => {
      counts.set(name, (counts.get(name) ?? 0) + 1)
      for (const one of waiting) if (one.work === name && (counts.get(name) ?? 0) >= one.times) one.done()
      return (await work[name]?.()) ?? 0
    }
  }
  const workers = startWorkers(
    {
      webhooks: counted('webhooks'),
      payments: counted('payments'),
      'write-backs': counted('write-backs'),
      notices: counted('notices'),
    },
    bell,
    createLog('info', { write: (line) => logged.push(JSON.parse(line)) }),
    { pollSeconds, minimumRound },
  )
  return {
    bell,
    logged,
    begun: (name, times) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.push({ work: name, times, done: resolve })
      if ((counts.get(name) ?? 0) >= times) resolve()
      return promise
    },
    stop: () => workers.stop(),
  }
}

describe('the workers', () => {
  it('look once at the start: what was left behind is found', async () => {
    const scene = start({})
    await Promise.all(
      (['webhooks', 'payments', 'write-backs', 'notices'] as const).map((work) => scene.begun(work, 1)),
    )
    await scene.stop()
  })

  it('work at once when they are woken', async () => {
    const scene = start({})
    await scene.begun('payments', 1)
    scene.bell.wake('payments')
    await scene.begun('payments', 2)
    await scene.stop()
  })

  it('go on until nothing is due any more', async () => {
    let due = 3
    const scene = start({ webhooks: async () => (due > 0 ? due-- : 0) })
    await scene.begun('webhooks', 4)
    expect(due).toBe(0)
    await scene.stop()
  })

  it('wait out the shortest round of what is done in larger portions, and of nothing else', async () => {
    let [webhooks, payments] = [3, 3]
    const rounds: Record<string, number[]> = { webhooks: [], payments: [] }
    const scene = start(
      {
        webhooks: async () => {
          rounds.webhooks?.push(performance.now())
          return webhooks > 0 ? webhooks-- : 0
        },
        payments: async () => {
          rounds.payments?.push(performance.now())
          return payments > 0 ? payments-- : 0
        },
      },
      NEVER,
      { webhooks: 200 },
    )
    await Promise.all([scene.begun('webhooks', 4), scene.begun('payments', 4)])
    const took = (name: string) => (rounds[name]?.at(-1) ?? 0) - (rounds[name]?.[0] ?? 0)
    // Timers may fire a millisecond early.
    expect(took('webhooks')).toBeGreaterThan(3 * 200 - 10)
    expect(took('payments')).toBeLessThan(took('webhooks'))
    await scene.stop()
  })

  it('do not lose a wake that comes while they work', async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>()
    let first = true
    const scene = start({
      notices: async () => {
        if (first) await gate
        first = false
        return 0
      },
    })
    await scene.begun('notices', 1)
    scene.bell.wake('notices')
    open()
    await scene.begun('notices', 2)
    await scene.stop()
  })

  it('look by themselves when no wake comes: another instance may have died', async () => {
    const scene = start({}, 0.01)
    await scene.begun('write-backs', 3)
    await scene.stop()
  })

  it('do not let one kind of work that fails stop another, or itself', async () => {
    let broken = true
    const scene = start({
      payments: async () => {
        if (broken) throw new Error('a mistake of ours')
        return 0
      },
    })
    await scene.begun('payments', 1)
    scene.bell.wake('webhooks')
    await scene.begun('webhooks', 2)
    broken = false
    scene.bell.wake('payments')
    await scene.begun('payments', 2)
    await scene.stop()
    expect(scene.logged).toMatchObject([
      {
        level: 'error',
        work: 'payments',
        job: 'payments',
        event: 'worker.failed',
        err: { message: 'a mistake of ours' },
      },
    ])
  })

  it('do not let slow work of one kind keep another waiting', async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<number>()
    const scene = start({ 'write-backs': () => gate })
    await scene.begun('write-backs', 1)
    scene.bell.wake('webhooks')
    await scene.begun('webhooks', 2)
    open(0)
    await scene.stop()
  })

  it('stop by finishing what is in hand, and take nothing new', async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>()
    const happened: string[] = []
    const scene = start({
      'write-backs': async () => {
        await gate
        happened.push('the credit is written')
        return 1
      },
    })
    await scene.begun('write-backs', 1)
    const stopped = scene.stop().then(() => happened.push('stopped'))
    scene.bell.wake('write-backs')
    open()
    await stopped
    expect(happened).toEqual(['the credit is written', 'stopped'])
  })

  it('stop at once when they rest', async () => {
    const scene = start({})
    await scene.begun('payments', 1)
    await scene.stop()
  })
})
