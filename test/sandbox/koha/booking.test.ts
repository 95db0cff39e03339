import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AskableKoha, startAskable } from './asking.ts'

describe('a credit in the sandbox, as Koha books it', () => {
  let koha: AskableKoha
  beforeEach(async () => {
    koha = await startAskable()
  })
  afterEach(() => koha.stop())

  const post = (body: object, patronId = 1) => koha.post(`/patrons/${patronId}/account/credits`, body)
  const left = (patronId = 1) => koha.world.debitsOf(patronId).map(({ outstanding }) => outstanding / 1e6)

  it('pays in the order of the numbers, not in the order sent, the last in part', async () => {
    const answer = await post({ amount: 600, account_lines_ids: [102, 101] })
    expect(answer).toMatchObject({
      status: 201,
      json: {
        amount: -600,
        amount_outstanding: 0,
        credit_type: 'PAYMENT',
        library_id: null,
        interface: 'api',
      },
    })
    expect(left()).toEqual([0, 126, 160])
  })

  it('spills what is over onto other debts, and keeps the rest as unused credit', async () => {
    await post({ amount: 300, account_lines_ids: [102] })
    expect(left()).toEqual([426, 0, 160])
    const answer = await post({ amount: 1000, account_lines_ids: [103] })
    expect(left()).toEqual([0, 0, 0])
    expect(answer.json.amount_outstanding).toBe(-414)
    const account = await koha.ask('/patrons/1/account')
    expect(account.json).toMatchObject({
      balance: -414,
      outstanding_debits: { total: 0, lines: [] },
      outstanding_credits: { total: -414, lines: [{ credit_type: 'PAYMENT', debit_type: null }] },
    })
  })

  it('takes another patron\u2019s line', async () => {
    expect((await post({ amount: 40, account_lines_ids: [104] })).status).toBe(201)
    expect(left(15)).toEqual([0])
    expect(left(1)).toEqual([526, 200, 160])
  })

  it('takes an empty list for everything, and ignores numbers that do not exist', async () => {
    await post({ amount: 886, account_lines_ids: [] })
    expect(left()).toEqual([0, 0, 0])
    expect((await post({ amount: 1, account_lines_ids: [4711, 4711] })).json.amount_outstanding).toBe(-1)
  })

  it('makes no error of a line that is paid already', async () => {
    await post({ amount: 200, account_lines_ids: [102] })
    const answer = await post({ amount: 100, account_lines_ids: [102] })
    expect(answer.json.amount_outstanding).toBe(0)
    expect(left()).toEqual([426, 0, 160])
    expect(koha.world.tables.offsets.at(-2)).toMatchObject({ debitId: 102, amount: 0 })
  })

  it.each([
    ['amount 0', { amount: 0 }],
    ['an unknown type', { amount: 1, credit_type: 'GIFT' }],
    ['an unknown library', { amount: 1, library_id: 'GUB' }],
  ])('answers 500 to %s, nothing booked', async (_what, body) => {
    const answer = await post(body)
    expect(answer).toMatchObject({ status: 500, json: { error_code: 'internal_server_error' } })
    expect(koha.world.creditsOf(1)).toEqual([])
  })

  it('answers 500 when a line is a credit, and the new credit exists unapplied', async () => {
    const { json } = await post({ amount: 1, account_lines_ids: [101] })
    const answer = await post({ amount: 100, account_lines_ids: [102, json.account_line_id] })
    expect(answer.status).toBe(500)
    expect(koha.world.creditsOf(1)).toMatchObject([{}, { amount: -100e6, outstanding: -100e6 }])
    expect(left()).toEqual([525, 200, 160])
  })

  it('follows the preferences about payment types and registers', async () => {
    koha.world.preferences.RequirePaymentType = true
    expect((await post({ amount: 1 })).status).toBe(500)
    expect((await post({ amount: 1, payment_type: 'KVITT' })).status).toBe(201)
    koha.world.preferences.UseCashRegisters = true
    expect((await post({ amount: 1, payment_type: 'CASH' })).status).toBe(500)
  })

  it.each([
    [{}, '/body/amount'],
    [{ amount: '1' }, '/body/amount'],
    [{ amount: -1 }, '/body/amount'],
    [{ amount: 1, cash_register_id: 1 }, '/body'],
    [{ amount: 1, account_lines_ids: ['1'] }, '/body/account_lines_ids'],
    [{ amount: 1, note: 7 }, '/body/note'],
    [{ amount: 1, library_id: 7 }, '/body/library_id'],
    [{ amount: 1, date: 'today' }, '/body/date'],
  ])('refuses %j at %s before it books', async (body, path) => {
    expect(await post(body)).toMatchObject({ status: 400, json: { errors: [{ path }] } })
    expect(koha.world.creditsOf(1)).toEqual([])
  })

  it('refuses a body that is no JSON, and a patron that is not there', async () => {
    const broken = await koha.ask('/patrons/1/account/credits', {
      method: 'POST',
      body: '{"amount":',
      headers: { 'content-type': 'application/json' },
    })
    expect(broken).toMatchObject({ status: 400, json: { errors: [{ path: '/body' }] } })
    expect((await post({ amount: 1 }, 4711)).status).toBe(404)
  })

  it('sends binary floats, whose sums go astray as in Koha', async () => {
    for (const amount of [0.1, 0.2]) koha.world.addDebit({ patronId: 5, type: 'MANUAL', amount })
    const { json } = await koha.ask('/patrons/5/account')
    expect(json.outstanding_debits.total).toBe(0.1 + 0.2)
    expect(json.outstanding_debits.lines.map((line: { amount: number }) => line.amount)).toEqual([0.1, 0.2])
  })

  it('lifts a restriction that lifts when paid, and no other', async () => {
    koha.world.restrict(1, { type: 'OR', comment: 'by staff', liftsWhenPaid: false })
    await post({ amount: 886, account_lines_ids: [101, 102, 103] })
    expect(koha.world.patron('elsa').restrictions.map(({ type }) => type)).toEqual(['OR'])
    koha.world.liftRestriction(1)
    expect((await koha.ask('/patrons/1')).json.restricted).toBe(false)
  })
})
