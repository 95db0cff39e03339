import type { Lane } from './lane.ts'
import type { Step } from './story.ts'

/** Longer than any lease. */
const LEASES_SECONDS = 300
/** Longer than a checkout that nobody has seen stays open. */
const CHECKOUT_SECONDS = 2400
const PATIENCE_MS = 4000
const MOST_TRIES = 8

/** What a life came to. */
export interface Life {
  /** How often the process was killed, or stopped. */
  gone: number
  /** From the start of the new process until the last step was done; 0 when it was never gone. */
  recoveredMs: number
}

/**
 * Carries each step to its end, as people do: who gets no answer looks again and presses again when nothing came of it.
 * A process that is gone is replaced when its leases have run out. Throws when a step does not come to its end.
 */
export async function live(lane: Lane, steps: Step[]): Promise<Life> {
  const life: Life = { gone: 0, recoveredMs: 0 }
  let reborn = 0
  for (const step of steps) await carry(lane, step, life, () => (reborn = performance.now()))
  if (life.gone > 0) life.recoveredMs = performance.now() - reborn
  return life
}

async function carry(lane: Lane, step: Step, life: Life, rebirth: () => void): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if (await step.isDone()) return
    // Whoever is cut off sees an error page, and looks again.
    const acted = await unlessGone(lane, step.act())
    if (acted === 'acted') await until(async () => lane.isGone() || (await step.isDone()), PATIENCE_MS)
    else if (acted === 'cut-off') await until(async () => lane.isGone(), 250)
    if (lane.isGone()) {
      life.gone += 1
      await lane.passTime(LEASES_SECONDS)
      rebirth()
      await lane.replace()
    } else if (acted === 'must-wait') {
      await lane.passTime(CHECKOUT_SECONDS)
      await until(async () => lane.isGone(), 2500)
    } else if (!(await step.isDone())) await lane.passTime(LEASES_SECONDS)
  }
  if (!(await step.isDone())) throw new Error(`The step "${step.name}" did not come to its end`)
}

/** Who waits for an answer of a process that was stopped would wait for long. */
async function unlessGone(
  lane: Lane,
  act: ReturnType<Step['act']>,
): Promise<'acted' | 'must-wait' | 'cut-off'> {
  let outcome: 'acted' | 'must-wait' | 'cut-off' | undefined
  const acted = act.then(
    (answer) => (outcome = answer),
    () => (outcome = 'cut-off'),
  )
  await Promise.race([acted, until(async () => outcome !== undefined || lane.isGone(), 60_000)])
  return outcome ?? 'cut-off'
}

/** Resolves when it is so, or when patience has run out. */
export async function until(so: () => Promise<boolean>, milliseconds: number): Promise<void> {
  const end = performance.now() + milliseconds
  while (!(await so()) && performance.now() < end) await new Promise((later) => setTimeout(later, 60))
}
