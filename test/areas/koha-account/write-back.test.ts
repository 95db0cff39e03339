import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from '../../../sandbox/koha/faults.ts'
import { writeCredits } from '../../../src/areas/koha-account/write-credits.ts'
import { postingsOf } from '../../../src/areas/ledger/store.ts'
import { applyWebhooks } from '../../../src/areas/payments/apply-webhooks.ts'
import { settleDuePayments } from '../../../src/areas/payments/settle-due-payments.ts'
import { readPayment } from '../../../src/areas/payments/store.ts'
import { creditsOf, writeBackOf } from '../../../src/areas/payments/write-back-store.ts'
import { startTown, type Town } from '../../support/town.ts'

describe('writing back to Koha', () => {
  let town: Town
  beforeEach(async () => {
    town = await startTown((settings) => ({
      ...settings,
      koha: { ...settings.koha, readSeconds: 1, writeSeconds: 1 },
      payments: { ...settings.payments, surplus: 'park' },
    }))
  })
  afterEach(() => town.stop())

  const payElsa = async () => {
    const reference = await town.started('elsa')
    town.payByCard(reference)
    return reference
  }
  const kohaCredits = (userid: string, reference: string) =>
    town.koha.world
      .creditsOf(town.koha.world.patron(userid).id)
      .filter((credit) => credit.description?.includes(reference))
  const state = async (reference: string) => {
    const payment = await readPayment(town.context.db, reference)
    const writeBack = await writeBackOf(town.context.db, payment?.id ?? 0)
    return {
      payment: payment?.state,
      parked: payment?.parked,
      writeBack: writeBack?.state,
      surplus: writeBack?.surplus,
    }
  }
  const done = { payment: 'paid', parked: null, writeBack: 'done', surplus: 0 }

  const faults: [string, Fault][] = [
    ['answers 500 after it has booked', { kind: '500-after', on: 'credits', times: 1 }],
    ['breaks the line after it has booked', { kind: 'cut-after', on: 'credits', times: 1 }],
    [
      'falls silent after it has booked',
      { kind: 'timeout-after', on: 'credits', times: 1, milliseconds: 3000 },
    ],
    [
      'is so slow that we hang up before it has booked',
      { kind: 'slow', on: 'credits', times: 1, milliseconds: 2000 },
    ],
    ['answers 500 and has booked nothing', { kind: '500-before', on: 'credits', times: 1 }],
    ['answers with a web page', { kind: 'html', on: 'all', times: 3 }],
    ['is closed for maintenance', { kind: '503', on: 'all', times: 4 }],
    ['cuts every line for a while', { kind: 'down', on: 'all', times: 6 }],
    ['forgets our token in the middle', { kind: '401', on: 'credits', times: 1 }],
    ['has taken the permission away, and gives it back', { kind: '403', on: 'credits', times: 2 }],
  ]
  it.each(faults)('credits once when Koha %s', async (_name, fault) => {
    const reference = await payElsa()
    town.koha.world.faults.add(fault)
    await town.passTime(900, 45)
    expect(await state(reference)).toEqual(done)
    expect(kohaCredits('elsa', reference)).toHaveLength(1)
    expect(town.koha.world.owes(town.koha.world.patron('elsa').id)).toBe(0)
  })

  it('goes on when Koha has been down for two days', async () => {
    const reference = await payElsa()
    await town.koha.goDown()
    await town.passTime(2 * 24 * 3600, 3600)
    expect(await state(reference)).toMatchObject({ payment: 'paid', writeBack: 'waiting' })
    await town.koha.comeUp()
    await town.passTime(2 * 3600, 1800)
    expect(await state(reference)).toEqual(done)
    expect(kohaCredits('elsa', reference)).toHaveLength(1)
  })

  it('is left to a person when the borrower has been deleted in Koha after paying', async () => {
    const reference = await payElsa()
    const { patrons } = town.koha.world.tables
    const elsa = town.koha.world.patron('elsa')
    patrons.delete(elsa.id)
    await town.work()
    expect(await state(reference)).toMatchObject({ payment: 'paid', parked: 'koha-refuses' })
    patrons.set(elsa.id, elsa)
  })

  it('credits what is left of a debt that was part-paid at the desk, and sets the rest aside', async () => {
    const reference = await payElsa()
    const elsa = town.koha.world.patron('elsa')
    const other = town.koha.world.addDebit({
      patronId: elsa.id,
      type: 'MANUAL',
      amount: 75,
      libraryId: 'BIO',
    })
    const lost = town.koha.world.debitsOf(elsa.id).find((line) => line.type === 'LOST')
    town.koha.world.payAtDesk({ patronId: elsa.id, debitIds: [lost?.id ?? 0], amount: 500 })
    await town.work()
    expect(await state(reference)).toEqual({
      payment: 'paid',
      parked: 'surplus',
      writeBack: 'done',
      surplus: 50000,
    })
    expect(town.koha.world.debitsOf(elsa.id).find((line) => line.id === other.id)?.outstanding).toBe(
      75_000_000,
    )
    const surplus = (await postingsOf(town.context.db, reference)).filter(({ kind }) => kind === 'surplus')
    expect(surplus).toMatchObject([
      { from: '24990', to: '31910', amount: 50000, coding: { costCentre: '600130' } },
    ])
  })

  it('credits nothing when the book came back and its debt is gone, and touches no other debt', async () => {
    const reference = await town.started(
      'elsa',
      town.koha.world
        .debitsOf(101)
        .filter((line) => line.type === 'LOST')
        .map((line) => line.id),
    )
    town.payByCard(reference)
    const lost = town.koha.world.debitsOf(101).find((line) => line.type === 'LOST')
    town.koha.world.returnBook(lost?.itemId ?? 0)
    const owedBefore = town.koha.world.owes(101)
    await town.work()
    expect(await state(reference)).toEqual({
      payment: 'paid',
      parked: 'surplus',
      writeBack: 'done',
      surplus: 52600,
    })
    expect(kohaCredits('elsa', reference)).toEqual([])
    expect(town.koha.world.owes(101)).toBe(owedBefore)
  })

  it('gives each debt its own money when one of them has grown', async () => {
    const reference = await payElsa()
    const overdue = town.koha.world.debitsOf(101).find((line) => line.type === 'OVERDUE')
    town.koha.world.changeDebit(overdue?.id ?? 0, 400)
    await town.work()
    expect(await state(reference)).toEqual(done)
    const left = town.koha.world.debitsOf(101).map((line) => [line.type, line.outstanding / 1_000_000])
    expect(Object.fromEntries(left)).toEqual({ LOST: 0, PROCESSING: 0, OVERDUE: 240 })
    expect(kohaCredits('elsa', reference)).toHaveLength(2)
  })

  it('leaves to a person what it cannot decide: two credits with our reference', async () => {
    const reference = await payElsa()
    town.koha.world.faults.add({ kind: '500-after', on: 'credits', times: 1 })
    await town.work()
    const [credit] = kohaCredits('elsa', reference)
    if (credit) town.koha.world.tables.lines.set(999_999, { ...credit, id: 999_999 })
    town.koha.world.tables.linesByPatron.get(101)?.push(town.koha.world.tables.lines.get(999_999) as never)
    await town.passTime(120)
    expect(await state(reference)).toMatchObject({
      payment: 'paid',
      parked: 'koha-undecidable',
      writeBack: 'parked',
    })
  })

  it('registers once when the process dies between asking and hearing', async () => {
    const reference = await payElsa()
    town.koha.world.faults.add({ kind: '500-after', on: 'credits', times: 1 })
    await town.work()
    const payment = await readPayment(town.context.db, reference)
    expect(await creditsOf(town.context.db, payment?.id ?? 0)).toMatchObject([{ state: 'sending' }])
    // As long as Koha may still be at work, looking proves nothing: nothing is asked and nothing is sent.
    const asked = town.koha.world.requests.length
    await writeCredits(town.context, must(payment))
    expect(town.koha.world.requests).toHaveLength(asked)
    // Everything that another process would know is in the tables: it waits, looks, and finds.
    await town.passTime(60)
    expect(await creditsOf(town.context.db, payment?.id ?? 0)).toMatchObject([{ state: 'booked' }])
    expect(kohaCredits('elsa', reference)).toHaveLength(1)
  })

  it('takes turns when many workers come for the same payment at once', async () => {
    const reference = await payElsa()
    await town.cards.world.webhooks.idle()
    await applyWebhooks(town.context)
    await settleDuePayments(town.context)
    const payment = must(await readPayment(town.context.db, reference))
    await Promise.all(Array.from({ length: 20 }, () => writeCredits(town.context, payment)))
    await town.passTime(30)
    expect(kohaCredits('elsa', reference)).toHaveLength(1)
    expect(await state(reference)).toEqual(done)
  })
})

function must<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('It is not there')
  return found
}
