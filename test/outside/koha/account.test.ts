import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sum } from '../../../src/base/money.ts'
import { startKoha } from './koha-for-tests.ts'
import { type RawKoha, startRawKoha } from './raw-koha.ts'

const line = {
  account_line_id: 7,
  amount: 10,
  amount_outstanding: 10,
  debit_type: 'OVERDUE',
  credit_type: null,
  status: null,
  description: null,
  date: '2026-09-18T14:03:22+02:00',
  item_id: null,
  library_id: null,
}

function accountOf(debits: object[], credits: object[] = []): object {
  return {
    balance: 0,
    outstanding_debits: { total: 0, lines: debits },
    outstanding_credits: { total: 0, lines: credits },
  }
}

describe('what Elsa owes', () => {
  it('lists her debts in öre, with type, status, item and library', async () => {
    const outside = await startKoha()
    const answer = await outside.koha.account(1)
    await outside.stop()
    expect(answer).toMatchObject({
      ok: true,
      value: {
        unusedCredit: 0,
        debits: [
          { id: 101, type: 'LOST', amount: 52_600, outstanding: 52_600, itemId: 10_001, libraryId: 'EKO' },
          { id: 102, type: 'PROCESSING', outstanding: 20_000 },
          { id: 103, type: 'OVERDUE', status: 'LOST', outstanding: 16_000, libraryId: null, itemId: null },
        ],
      },
    })
  })

  it('tells what is left of a debt that is paid in part, and the credit that nothing has used', async () => {
    const outside = await startKoha()
    outside.world.payAtDesk({ patronId: 1, debitIds: [101], amount: 100.5 })
    outside.world.payAtDesk({ patronId: 15, amount: 55 })
    const [elsa, elsabet] = [await outside.koha.account(1), await outside.koha.account(15)]
    await outside.stop()
    expect(elsa).toMatchObject({
      value: { debits: [{ id: 101, amount: 52_600, outstanding: 42_550 }, {}, {}] },
    })
    expect(elsabet).toEqual({ ok: true, value: { debits: [], unusedCredit: 1500 } })
  })

  it('does not list what is left below half an öre', async () => {
    const outside = await startKoha()
    const { id } = outside.world.addDebit({ patronId: 5, type: 'MANUAL', amount: 10.004 })
    const before = await outside.koha.account(5)
    outside.world.payAtDesk({ patronId: 5, debitIds: [id], amount: 10 })
    const after = await outside.koha.account(5)
    await outside.stop()
    expect(before).toMatchObject({ value: { debits: [{ outstanding: 1000 }] } })
    expect(outside.world.owes(5)).toBe(0.004)
    expect(after).toEqual({ ok: true, value: { debits: [], unusedCredit: 0 } })
  })
})

describe('amounts as Koha writes them', () => {
  let raw: RawKoha
  beforeAll(async () => {
    raw = await startRawKoha()
  })
  afterAll(() => raw.stop())

  it('counts every debt and every credit to the öre, whatever the float', async () => {
    const kronor = fc.array(fc.integer({ min: 1, max: 100_000_00 }), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(kronor, kronor, async (debits, credits) => {
        raw.answerJson(
          200,
          accountOf(
            debits.map((öre, at) => ({ ...line, account_line_id: at + 1, amount_outstanding: öre / 100 })),
            credits.map((öre) => ({ ...line, amount_outstanding: -öre / 100 })),
          ),
        )
        const answer = await raw.koha.account(1)
        if (!answer.ok) throw new Error(answer.trouble.message)
        expect(answer.value.debits.map(({ outstanding }) => outstanding)).toEqual(debits)
        expect(answer.value.unusedCredit).toBe(credits.reduce((total, one) => total + one, 0))
      }),
      { numRuns: 60 },
    )
  })

  it('rounds six decimals to the nearest öre and never lists nothing as owed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 50_000_000 }), async (millionths) => {
        raw.answerJson(200, accountOf([{ ...line, amount_outstanding: millionths / 1e6 }]))
        const answer = await raw.koha.account(1)
        if (!answer.ok) throw new Error(answer.trouble.message)
        const owed = sum(answer.value.debits.map(({ outstanding }) => outstanding))
        expect(Math.abs(owed - millionths / 1e4)).toBeLessThanOrEqual(0.5000001)
        expect(answer.value.debits.every(({ outstanding }) => outstanding > 0)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('takes keys that it does not know', async () => {
    raw.answerJson(200, { ...accountOf([{ ...line, invented_in_26_05: { a: 1 } }]), more: [] })
    expect(await raw.koha.account(1)).toMatchObject({ ok: true, value: { debits: [{ id: 7 }] } })
  })

  it.each([
    ['an amount as text', accountOf([{ ...line, amount_outstanding: '10.00' }])],
    ['an amount of null', accountOf([{ ...line, amount_outstanding: null }])],
    ['an amount beyond counting', accountOf([{ ...line, amount_outstanding: 1e300 }])],
    ['a debt below zero', accountOf([{ ...line, amount_outstanding: -10 }])],
    ['a credit above zero', accountOf([], [{ ...line, amount_outstanding: 10 }])],
    ['a debt without a number', accountOf([{ ...line, account_line_id: null }])],
    ['a debt without a type', accountOf([{ ...line, debit_type: null }])],
    ['one bad debt among good ones', accountOf([line, { ...line, amount: {} }, line])],
    ['no list of debts', { balance: 0 }],
    ['an empty object', {}],
    ['a list', []],
    ['null', null],
  ])('calls %s nonsense, and leaves no debt out', async (_what, json) => {
    raw.answerJson(200, json)
    expect(await raw.koha.account(1)).toMatchObject({ ok: false, trouble: { kind: 'nonsense' } })
  })

  it('calls an infinite amount nonsense, which JSON can write', async () => {
    raw.answerWith((_, response) => {
      response.end(
        JSON.stringify(accountOf([{ ...line, amount_outstanding: 4711 }])).replace('4711', '1e999'),
      )
    })
    expect(await raw.koha.account(1)).toMatchObject({ ok: false, trouble: { kind: 'nonsense' } })
  })
})
