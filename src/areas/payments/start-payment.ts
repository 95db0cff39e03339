import { randomBytes } from 'node:crypto'
import type { Trouble } from '../../base/answer.ts'
import type { Language } from '../../base/language.ts'
import { CURRENCY, type Ore } from '../../base/money.ts'
import type { Order, PaymentProvider } from '../../outside/ports/provider.ts'
import type { Uses } from '../../work/context.ts'
import type { Debt } from '../debts/debt.ts'
import { showDebts } from '../debts/show-debts.ts'
import { type ChoiceRefusal, judgeChoice, refusedUnread } from './debt-choice.ts'
import { heldDebts } from './line-store.ts'
import { nextLook } from './look-plan.ts'
import { movePayment } from './move-payment.ts'
import { orderOf } from './order.ts'
import { referenceFrom } from './reference.ts'
import { insertPayment, isHeldByAnother, lockPayment } from './store.ts'

export interface PaymentRequest {
  patronId: number
  /** Koha's ids, as the form carried them. Nothing else from the form decides anything. */
  debitIds: number[]
  /** What the page showed as the sum, öre: if it is not so any more, the borrower looks again before paying. */
  shown: Ore
  language: Language
  receiptEmail: string | null
}

/** In no outcome but `started` can money be taken. */
export type StartOutcome =
  | { kind: 'started'; reference: string; checkoutUrl: string }
  | ChoiceRefusal
  | { kind: 'changed'; shown: Ore; now: Ore }
  | { kind: 'koha-silent'; trouble: Trouble }
  | { kind: 'provider-silent'; reference: string; trouble: Trouble }

/**
 * Starts a payment of exactly the chosen debts, for what is outstanding now. Our row, holding the debts, is committed
 * before the provider is called, and the page to pay on before the browser goes there.
 */
export async function startPayment(
  uses: Uses<'db' | 'koha' | 'providers' | 'clock' | 'config' | 'log'>,
  request: PaymentRequest,
): Promise<StartOutcome> {
  const { db, config, clock } = uses
  const rules = { ...config.debts, open: config.payments.open }
  const unread = refusedUnread(request.debitIds, rules)
  if (unread) return unread

  const shown = await showDebts(uses, request.patronId, await heldDebts(db, request.patronId))
  if (!shown.ok) return { kind: 'koha-silent', trouble: shown.trouble }
  const choice = judgeChoice(shown.value?.debts ?? [], request.debitIds, rules)
  if ('sum' in choice && choice.sum !== request.shown)
    return { kind: 'changed', shown: request.shown, now: choice.sum }
  if (choice.kind !== 'ok') return choice
  const { debts } = choice

  const now = clock.now()
  const reference = referenceFrom(config.payments.referencePrefix, randomBytes(24))
  const payment = {
    reference,
    patronId: request.patronId,
    amount: choice.sum,
    currency: CURRENCY,
    language: request.language,
    receiptEmail: request.receiptEmail,
    provider: uses.providers.current.name,
    createdAt: now,
    expiresAt: new Date(now.getTime() + config.payments.checkoutMinutes * 60_000),
    lines: debts.map(asLine),
  }
  try {
    await db.transaction((tx) => insertPayment(tx, payment))
  } catch (error) {
    if (!isHeldByAnother(error)) throw error
    const holder = (await heldDebts(db, request.patronId)).find((held) =>
      request.debitIds.includes(held.debitId),
    )
    return { kind: 'held', reference: holder?.reference ?? null }
  }
  return openCheckout(uses, uses.providers.current, orderOf(payment, config), payment.expiresAt)
}

/**
 * Asks the provider for a page to pay on. Without its answer we know no page, so nobody can be sent to one and nothing
 * can be paid: the payment has failed, whatever the provider may have made.
 */
async function openCheckout(
  { db, clock, log }: Uses<'db' | 'clock' | 'log'>,
  provider: PaymentProvider,
  order: Order,
  expiresAt: Date,
): Promise<StartOutcome> {
  const { reference } = order
  const outcome = await provider.createCheckout(order)
  const now = clock.now()
  if (outcome.kind === 'created') {
    await db.transaction(async (tx) => {
      const payment = await lockPayment(tx, reference)
      const lookAt = nextLook(payment.looks, now, expiresAt)
      await movePayment(tx, payment, { to: 'open', ...outcome, lookAt, by: provider.name, at: now })
    })
    log.info({ event: 'payment.opened', payment: reference, provider: provider.name }, 'payment opened')
    return { kind: 'started', reference, checkoutUrl: outcome.url }
  }
  await db.transaction(async (tx) => {
    const payment = await lockPayment(tx, reference)
    const answer = outcome.trouble.message
    await movePayment(tx, payment, { to: 'failed', answer, lookAt: null, by: provider.name, at: now })
  })
  log.warn(
    { event: 'payment.not-opened', payment: reference, provider: provider.name, trouble: outcome.trouble },
    'payment not opened',
  )
  return { kind: 'provider-silent', reference, trouble: outcome.trouble }
}

function asLine(debt: Debt) {
  if (!debt.verdict.payable) throw new Error(`Debt ${debt.id} is not payable`)
  return {
    debitId: debt.id,
    amount: debt.outstanding,
    debitType: debt.type,
    libraryId: debt.libraryId,
    itemId: debt.itemId,
    itemType: debt.itemType,
    title: debt.title,
    barcode: debt.barcode,
    coding: debt.verdict.coding,
  }
}
