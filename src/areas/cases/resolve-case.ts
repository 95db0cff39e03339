import type { CaseKinds, CaseWay, Resolving } from '../../area.ts'
import type { Actor } from '../../base/actor.ts'
import type { Case } from '../../base/case.ts'
import type { Tx } from '../../database/database.ts'
import type { Context } from '../../work/context.ts'
import { recordAudit } from '../audit/audit-store.ts'
import { closeCase, lockOpenCase, readOpenCase } from './store.ts'

export interface Resolution {
  id: number
  /** The name of one of its kind's ways. */
  how: string
  actor: Actor
  /** Why. Some ways require it. */
  reason: string
  /** The answer to the way's question, where it has one. */
  answer?: boolean
}

export type ResolveOutcome =
  | { kind: 'resolved' }
  /** It was closed meanwhile, or never was. */
  | { kind: 'not-open' }
  | { kind: 'reason-missing' }
  | { kind: 'answer-missing' }
  /** The case has no such way, or not now. */
  | { kind: 'impossible' }

/**
 * Resolves a case in one of its kind's ways: closes it with who and why, and does what the way does, in one commit. A way
 * that leaves it open closes nothing. What the case is about is locked first, in the order that flows lock it.
 */
export async function resolveCase(
  context: Context,
  kinds: CaseKinds,
  resolution: Resolution,
): Promise<ResolveOutcome> {
  const { db, jobs, log } = context
  const { id, how, actor } = resolution
  const known = await readOpenCase(db, id)
  const kind = known && kinds.get(known.kind)
  if (!known || !kind) return { kind: 'not-open' }
  const way = kind.ways[how]
  if (!way) return { kind: 'impossible' }
  const refusal = await db.transaction(async (tx) => {
    await kind.subject.lock(tx, known)
    const one = await lockOpenCase(tx, id)
    if (!one) return 'not-open'
    return (await refuse(tx, way, one, resolution)) ?? resolveIn(tx, context, kinds, one, resolution)
  })
  if (refusal) return { kind: refusal }
  await way.afterwards?.(context, known)
  jobs.wake('payments')
  jobs.wake('refunds')
  jobs.wake('write-backs')
  const told = { case: id, kind: known.kind, subject: known.subject, how, by: actor.who }
  log.info({ event: 'case.resolved', ...told }, 'a case was resolved')
  return { kind: 'resolved' }
}

async function refuse(
  tx: Tx,
  way: CaseWay,
  one: Case,
  { reason, answer }: Resolution,
): Promise<'impossible' | 'reason-missing' | 'answer-missing' | undefined> {
  if (way.possible && !(await way.possible(tx, one))) return 'impossible'
  if (way.needsReason && reason.trim() === '') return 'reason-missing'
  if (answer === undefined && (await way.asks?.when(tx, one))) return 'answer-missing'
  return undefined
}

async function resolveIn(
  tx: Tx,
  context: Context,
  kinds: CaseKinds,
  one: Case,
  { how, actor, reason, answer }: Resolution,
): Promise<undefined> {
  const kind = kinds.get(one.kind)
  const way = kind?.ways[how]
  if (!kind || !way) throw new Error(`No way ${how} out of ${one.kind}`)
  const done: Resolving = { by: actor.who, how, why: reason.trim() || null, at: context.clock.now() }
  if (answer !== undefined) done.answer = answer
  await kind.subject.record(tx, one, done)
  // Closed before anything is done: what is done may open it again.
  if (!way.staysOpen) await closeCase(tx, one.id, done)
  await way.act?.(tx, context, one, done)
  await recordAudit(tx, done.at, {
    actor,
    act: 'case-resolved',
    subject: `${one.subjectKind} ${one.subject}`,
    before: { case: one.kind },
    after: { how, open: way.staysOpen ?? false, ...(answer !== undefined && { answer }) },
    ...(done.why !== null && { reason: done.why }),
  })
}
