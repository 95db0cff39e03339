import { sum } from '../../base/money.ts'
import type { Account, Credit } from '../../outside/ports/koha.ts'
import type { Uses } from '../../work/context.ts'
import { nextTry } from '../../work/retry-plan.ts'
import { linesOf, type PaymentLine } from '../payments/line-store.ts'
import { openPaymentCase } from '../payments/open-payment-case.ts'
import { lockPayment, type Payment } from '../payments/store.ts'
import {
  creditsOf,
  insertSending,
  type KohaCredit,
  parkWriteBack,
  recordTrouble,
  writeBackOf,
} from '../payments/write-back-store.ts'
import { type LineKind, later, lineReference, type Step } from './account-line.ts'
import type { CreditCases } from './case-facts.ts'
import { clearUpLine } from './clear-up-line.ts'
import { oddities, type PlannedCredit, planCredits } from './credit-plan.ts'
import { finishWriteBack } from './finish-write-back.ts'
import { sendLine } from './send-line.ts'
import { type Turn, withTurn } from './with-turn.ts'

type WriteBackUses = Uses<'db' | 'koha' | 'jobs' | 'clock' | 'config' | 'log'>

/**
 * Registers a paid payment in Koha, once in effect: what is sent and what is looked for before anything is repeated, see
 * sendLine and clearUpLine. What cannot be decided is left to a person. Safe to call again at any moment.
 */
export async function writeCredits(uses: WriteBackUses, payment: Payment): Promise<void> {
  const { db, clock } = uses
  if (await withTurn(uses, payment.patronId, (turn) => runSteps(uses, payment, turn))) return
  const soon = new Date(clock.now().getTime() + 3000)
  await recordTrouble(db, payment.id, 'borrower-busy', soon)
}

async function runSteps(uses: WriteBackUses, payment: Payment, turn: Turn): Promise<void> {
  const kind = creditsIn(uses, payment)
  const lines = await linesOf(uses.db, payment.id)
  // A round clears up a credit, books one, or ends; a payment has at most one credit for each line.
  const mostRounds = 2 * lines.length + 2
  for (let round = 0; round < mostRounds; round += 1) {
    const credits = (await creditsOf(uses.db, payment.id)).filter(({ state }) => state !== 'not-booked')
    const open = credits.find(({ state }) => state === 'sending')
    const step = open
      ? await clearUpLine(uses, kind, open)
      : await sendNext(uses, kind, payment, lines, credits)
    if (step === 'complete') return finishWriteBack(uses, { payment, lines, credits, turn })
    if (step.kind === 'later') return putOff(uses, payment, step.why, step.at)
    if (step.kind === 'stop') return stop(uses, payment, step)
  }
}

function creditsIn({ koha }: WriteBackUses, { patronId }: Payment): LineKind<Credit> {
  return {
    name: 'credit',
    find: (reference) => koha.creditsWithReference(patronId, reference),
  }
}

/** Sends the next credit that the lines not yet credited call for; `complete` when there is none. */
async function sendNext(
  uses: WriteBackUses,
  kind: LineKind<Credit>,
  payment: Payment,
  lines: PaymentLine[],
  booked: KohaCredit[],
): Promise<Step | 'complete'> {
  const { db, koha, clock, config } = uses
  const done = new Set(booked.flatMap(({ debits }) => debits.map(({ id }) => id)))
  const left = lines.filter(({ debitId }) => !done.has(debitId))
  // Koha is the bottleneck: it is not asked what makes no difference.
  if (left.length === 0) return 'complete'
  const account = await koha.account(payment.patronId)
  if (!account.ok) {
    // Koha's own refusal of this very question: it knows no such patron any more, and will not tomorrow.
    if (account.trouble.kind === 'refused')
      return { kind: 'stop', trouble: { kind: 'refused', answer: account.trouble.message } }
    return later(account.trouble, clock.now(), 5)
  }
  const [plan] = planCredits(left, account.value.debits)
  if (!plan) return 'complete'

  const reference = lineReference(payment.reference, booked.length)
  const libraryId = plan.libraryId ?? config.koha.defaultLibrary
  return sendLine(uses, kind, {
    reference,
    intend: () => insertSending(db, payment.id, reference, { ...plan, libraryId }, clock.now()),
    post: () =>
      koha.postCredit({
        patronId: payment.patronId,
        amount: sum(plan.debits.map(({ amount }) => amount)),
        debitIds: plan.debits.map(({ id }) => id),
        libraryId,
        paymentType: config.koha.paymentType,
        reference,
        note: `${payment.provider} ${payment.checkoutId}`,
      }),
    whenBooked: (credit) => compareAfter(uses, payment, plan, credit, account.value),
  })
}

/** Reads the account once more. What is odd is told to staff; the credit stands, and nothing is sent again because of it. */
async function compareAfter(
  { db, koha, clock, log }: WriteBackUses,
  payment: Payment,
  sent: PlannedCredit,
  credit: Credit,
  before: Account,
): Promise<void> {
  const after = await koha.account(payment.patronId)
  if (!after.ok) return
  const odd = oddities(credit, sent, before.debits, after.value.debits)
  if (odd.length === 0) return
  log.error(
    { event: 'credit.misapplied', payment: payment.reference, odd },
    'Koha did not apply the credit as sent',
  )
  await db.transaction(async (tx) => {
    await lockPayment(tx, payment.reference)
    const one = { kind: 'koha-differs' as const, facts: { odd } }
    await openPaymentCase<CreditCases>(tx, payment, one, { by: 'koha', at: clock.now() })
  })
}

async function putOff(
  { db, clock, log }: WriteBackUses,
  payment: Payment,
  why: string,
  notBefore: Date,
): Promise<void> {
  const tries = (await writeBackOf(db, payment.id))?.tries ?? 0
  const at = nextTry(tries, Math.random(), clock.now(), notBefore)
  await recordTrouble(db, payment.id, why, at)
  log.warn(
    { event: 'credit.put-off', payment: payment.reference, why, next: at.toISOString() },
    'not registered in Koha yet',
  )
}

async function stop(
  { db, clock, log }: WriteBackUses,
  payment: Payment,
  { trouble }: Extract<Step, { kind: 'stop' }>,
): Promise<void> {
  const now = clock.now()
  const kind = trouble.kind === 'refused' ? 'koha-refuses' : 'koha-undecidable'
  const stopped = await db.transaction(async (tx) => {
    // The payment first, as everybody does: the case flags it.
    await lockPayment(tx, payment.reference)
    // What a process saw before it was stopped for long is old: another may have finished the work meanwhile.
    if (!(await parkWriteBack(tx, payment.id))) return false
    await openPaymentCase<CreditCases>(tx, payment, { kind, facts: trouble }, { by: 'koha', at: now })
    return true
  })
  if (!stopped) return
  log.error(
    { event: 'case.opened', payment: payment.reference, case: kind, trouble },
    'a person must look at a write-back',
  )
}
