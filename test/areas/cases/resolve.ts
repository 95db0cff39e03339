import { caseKindsOf } from '../../../src/areas/cases/case-kinds.ts'
import { caseWords } from '../../../src/areas/cases/case-words.ts'
import { type ResolveOutcome, resolveCase } from '../../../src/areas/cases/resolve-case.ts'
import { openCasesOf } from '../../../src/areas/cases/store.ts'
import { readPayment } from '../../../src/areas/payments/store.ts'
import { areas } from '../../../src/areas.ts'
import type { Actor } from '../../../src/base/actor.ts'
import type { Context } from '../../../src/work/context.ts'

const kinds = caseKindsOf(areas)

/** A person resolves the open case of a kind that a payment has. Answers with the oldest case that is open afterwards. */
export async function resolveOne(
  context: Context,
  reference: string,
  kind: string,
  done: { how: string; actor: Actor; reason?: string; answer?: boolean },
): Promise<ResolveOutcome & { parked?: string | null }> {
  const id = (await readPayment(context.db, reference))?.id ?? 0
  const one = (await openCasesOf(context.db, id)).find((open) => open.kind === kind)
  const outcome = await resolveCase(context, kinds, { reason: '', ...done, id: one?.id ?? 0 })
  if (outcome.kind !== 'resolved') return outcome
  return { ...outcome, parked: (await readPayment(context.db, reference))?.parked ?? null }
}

/** What the open cases of a payment say in English, the oldest first. */
export async function sentencesOf({ db }: Context, reference: string): Promise<string[]> {
  const id = (await readPayment(db, reference))?.id ?? 0
  return (await openCasesOf(db, id)).map((one) =>
    caseWords(kinds, one, 'en').sentence.replaceAll('\u00a0', ' '),
  )
}
