import { createHmac } from 'node:crypto'
import type { Trouble } from '../../base/answer.ts'
import type { Log } from '../../base/log.ts'
import type { Database, Tx } from '../../database/database.ts'
import type { Koha, Patron } from '../../outside/ports/koha.ts'
import type { Clock } from '../../work/context.ts'
import { type Attempt, clearAttempt, countAttempt, forgetAttempts, waitUntil } from './attempt-store.ts'
import { FORGOTTEN_AFTER, freeTries, waitAfter } from './lock-out.ts'
import { LONGEST_SESSION, type SignedIn } from './signed-in.ts'

export interface CardUses {
  db: Database
  koha: Pick<Koha, 'validatePassword' | 'patron'>
  clock: Clock
  log: Log
  config: { service: { sessionSecrets: string[] } }
}

export type CardOutcome =
  | { kind: 'signed-in'; signedIn: SignedIn }
  /** Card or password: which of them, nobody is told. */
  | { kind: 'wrong' }
  | { kind: 'wait'; seconds: number }
  | { kind: 'koha-silent'; trouble: Trouble }

interface CountedKey {
  key: string
  free: number
}

/**
 * Signs a borrower in by card number and password, as Koha's own catalogue does. A try is counted before Koha is asked
 * and forgiven when it was right, or when Koha gave no answer. Somebody who signed in by card holds no role but borrower.
 */
export async function signInByCard(
  uses: CardUses,
  { cardNumber, password, address }: { cardNumber: string; password: string; address: string },
): Promise<CardOutcome> {
  const { db, koha, clock, log } = uses
  const counted: CountedKey[] = [
    { key: digest(uses, `card ${cardNumber}`), free: freeTries.card },
    { key: digest(uses, `address ${address}`), free: freeTries.address },
  ]
  const attempt = await db.transaction((tx) => countTry(tx, counted, clock.now()))
  if (!attempt.may) {
    log.warn(
      { event: 'sign-in.delayed', method: 'card', why: 'waiting' },
      'sign-in by card refused: too many tries',
    )
    return { kind: 'wait', seconds: secondsUntil(attempt.until, clock.now()) }
  }

  const validated = await koha.validatePassword(cardNumber, password)
  const found = validated.ok && validated.value !== undefined ? await koha.patron(validated.value) : validated
  if (!found.ok) {
    await db.transaction((tx) => clearTries(tx, counted, false))
    return { kind: 'koha-silent', trouble: found.trouble }
  }
  const patron = typeof found.value === 'object' ? found.value : undefined
  if (!patron) {
    log.info({ event: 'sign-in.failed', method: 'card' }, 'sign-in failed')
    return { kind: 'wrong' }
  }
  await db.transaction((tx) => clearTries(tx, counted, true))
  log.info({ event: 'person.signed-in', method: 'card', patron: patron.id }, 'signed in')
  return { kind: 'signed-in', signedIn: signedInAs(patron, clock.now()) }
}

async function countTry(tx: Tx, counted: CountedKey[], now: Date): Promise<Attempt> {
  const forgottenBefore = new Date(now.getTime() - FORGOTTEN_AFTER)
  await forgetAttempts(tx, forgottenBefore)
  let last: Attempt = { may: true, failures: 0 }
  for (const { key, free } of counted) {
    last = await countAttempt(tx, { key, now, forgottenBefore })
    if (!last.may) return last
    const wait = waitAfter(last.failures, free)
    if (wait > 0) await waitUntil(tx, key, new Date(now.getTime() + wait))
  }
  return last
}

async function clearTries(tx: Tx, [card, address]: CountedKey[], right: boolean): Promise<void> {
  if (card) await clearAttempt(tx, card.key, right)
  if (address) await clearAttempt(tx, address.key, false)
}

function signedInAs(patron: Patron, now: Date): SignedIn {
  const name = [patron.firstName, patron.surname].filter(Boolean).join(' ')
  return {
    by: 'card',
    identity: { id: `koha:${patron.id}`, name: name || '–', email: patron.email, attributes: {} },
    patronId: patron.id,
    signedInAt: now.toISOString(),
    endsAt: new Date(now.getTime() + LONGEST_SESSION).toISOString(),
  }
}

/** Neither card numbers nor addresses are kept, and their digests are worth nothing without our secret. */
function digest({ config }: CardUses, text: string): string {
  const [secret = ''] = config.service.sessionSecrets
  return createHmac('sha256', secret)
    .update(`sign-in ${text.normalize('NFC')}`)
    .digest('base64url')
}

function secondsUntil(until: string, now: Date): number {
  return Math.max(1, Math.ceil((Date.parse(until) - now.getTime()) / 1000))
}
