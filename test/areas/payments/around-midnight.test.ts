import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CodingRule } from '../../../src/areas/debts/coding.ts'
import { periodsFrom } from '../../../src/areas/economy-office/pages/periods.ts'
import { readBatchFile } from '../../../src/areas/exports/batch-file-store.ts'
import { makeBatch } from '../../../src/areas/exports/make-batch.ts'
import { postingsOf } from '../../../src/areas/ledger/store.ts'
import { listPayments, type PaymentFilter, totalsOfPayments } from '../../../src/areas/payments/list-store.ts'
import { proposeRefund } from '../../../src/areas/refunds/propose-refund.ts'
import { localDay } from '../../../src/base/calendar.ts'
import { ore } from '../../../src/base/money.ts'
import { nextSlot } from '../../../src/work/next-slot.ts'
import { staffCalled } from '../../support/books.ts'
import { fourBooks } from '../../support/four-books.ts'
import { readSie } from '../../support/sie.ts'
import { startTown, type Town } from '../../support/town.ts'

interface Night {
  night: string
  /** When somebody pays, and the day by the clock on the wall in Stockholm. */
  moments: [instant: string, day: string][]
  /** From this day (ISO date) another cost centre earns the money. */
  newCostCentreFrom: string
}

/** Years ahead: the database stamps webhooks by its own clock, and a town cannot live before that. */
const nights: Night[] = [
  {
    night: "New Year's Eve",
    moments: [
      ['2036-12-31T22:50:00Z', '2036-12-31'],
      ['2036-12-31T23:30:00Z', '2037-01-01'],
      ['2037-01-01T00:30:00Z', '2037-01-01'],
    ],
    newCostCentreFrom: '2037-01-01',
  },
  {
    night: 'the night that loses an hour',
    moments: [
      ['2037-03-28T22:50:00Z', '2037-03-28'],
      ['2037-03-28T23:30:00Z', '2037-03-29'],
      ['2037-03-29T01:10:00Z', '2037-03-29'],
      ['2037-03-29T21:50:00Z', '2037-03-29'],
      ['2037-03-29T22:10:00Z', '2037-03-30'],
    ],
    newCostCentreFrom: '2037-03-30',
  },
  {
    night: 'the night that gains an hour',
    moments: [
      ['2037-10-24T21:50:00Z', '2037-10-24'],
      ['2037-10-24T22:10:00Z', '2037-10-25'],
      ['2037-10-25T00:30:00Z', '2037-10-25'],
      ['2037-10-25T01:30:00Z', '2037-10-25'],
      ['2037-10-25T22:30:00Z', '2037-10-25'],
      ['2037-10-25T23:10:00Z', '2037-10-26'],
    ],
    newCostCentreFrom: '2037-10-26',
  },
]

const OLD_CENTRE = '600110'
const NEW_CENTRE = '600999'

/** Each rule that sets a cost centre ends the day before, and another begins. */
function changedFrom(day: string, dayBefore: string, rules: CodingRule[]): CodingRule[] {
  return rules.flatMap((rule) =>
    rule.sets.costCentre === undefined
      ? [rule]
      : [
          { ...rule, to: dayBefore },
          { ...rule, from: day, sets: { ...rule.sets, costCentre: NEW_CENTRE } },
        ],
  )
}

describe.each(nights)('around $night', ({ moments, newCostCentreFrom }) => {
  let town: Town
  const paid: { reference: string; amount: number; day: string }[] = []
  const [[begin] = ['']] = moments
  const last = moments.at(-1)?.[1] ?? ''
  const days = [...new Set(moments.map(([, day]) => day))]
  const none: PaymentFilter = { reference: null, state: null, from: null, to: null, among: null }

  beforeAll(async () => {
    town = await startTown(
      (settings) => ({ ...settings, refunds: { approvalFrom: '100000' } }),
      new Date(Date.parse(begin) - 60_000),
    )
    const dayBefore = days.filter((day) => day < newCostCentreFrom).at(-1) ?? ''
    const { config } = town.context
    Object.assign(config, { coding: changedFrom(newCostCentreFrom, dayBefore, config.coding) })
    for (const [at, [instant, day]] of moments.entries()) {
      goTo(instant)
      const patronId = town.koha.world.patron('amir').id
      const amount = 100 + at
      const { id } = town.koha.world.addDebit({
        patronId,
        type: 'OVERDUE',
        status: 'RETURNED',
        amount,
        libraryId: 'HUM',
      })
      const reference = await town.started('amir', [id])
      town.payByCard(reference)
      await town.work()
      paid.push({ reference, amount: amount * 100, day })
    }
  })
  afterAll(() => town?.stop())

  const goTo = (instant: string) =>
    town.clock.advance((Date.parse(instant) - town.clock.now().getTime()) / 1000)
  const of = (day: string) => paid.filter((one) => one.day === day)

  it('money lands on the day of the clock in Stockholm, coded by the rules of that day', async () => {
    for (const { reference, amount, day } of paid) {
      expect(await postingsOf(town.context.db, reference)).toMatchObject([
        {
          bookDate: day,
          amount,
          coding: { costCentre: day < newCostCentreFrom ? OLD_CENTRE : NEW_CENTRE },
        },
      ])
      expect((await fourBooks(town, reference)).differences).toEqual([])
    }
  })

  it('the list of a day holds what the journal has on it, and nothing of its neighbours', async () => {
    const { db } = town.context
    for (const day of days) {
      const filter = { ...none, from: day, to: day }
      const listed = await listPayments(db, filter, { before: null, limit: 50 })
      expect(listed.map(({ reference }) => reference).reverse()).toEqual(
        of(day).map(({ reference }) => reference),
      )
      expect(listed.map(({ at }) => localDay(at))).toEqual(of(day).map(() => day))
      const [journal] = await db.query<{ sum: number }>(
        `select sum(amount)::bigint as sum from posting where book_date = $1 and kind = 'paid'`,
        [day],
      )
      expect((await totalsOfPayments(db, filter)).paidAmount).toBe(journal?.sum)
    }
  })

  it('the pages call the last of these days today, and the one before it yesterday', () => {
    const [today, yesterday] = periodsFrom(localDay(town.clock.now()))
    expect([today?.from, yesterday?.from]).toEqual([last, days.at(-2)])
  })

  it('the receipt says the day on which it was paid', () => {
    for (const { reference, day } of paid) {
      const letter = town.mailbox.inbox.messages().find(({ messageId }) => messageId?.includes(reference))
      const [year, month, date] = day.split('-').map(Number)
      const name = ['januari', 'mars', 'oktober', 'december'][[1, 3, 10, 12].indexOf(month ?? 0)]
      expect(letter?.text).toContain(`${date} ${name} ${year}`)
    }
  })

  it('money that goes back is booked on its own day, and leaves the day it came on as it was', async () => {
    const [first] = paid
    if (!first) throw new Error('nobody has paid')
    const { reference, amount, day } = first
    const wish = {
      reference,
      what: { kind: 'rest' as const },
      shown: ore(amount),
      reason: 'Boken fanns på hyllan',
    }
    expect((await proposeRefund(town.context, { ...wish, actor: staffCalled('eva') })).kind).toBe('approved')
    await town.work()
    const entries = [reference, `${reference}-R1`].map((cause) => postingsOf(town.context.db, cause))
    expect((await Promise.all(entries)).map(([posting]) => posting?.bookDate)).toEqual([day, last])
    expect((await fourBooks(town, reference)).differences).toEqual([])
  })

  it('the batch has a voucher for each day, of that day, and is named by the day it is made on', async () => {
    const { db, clock } = town.context
    const outcome = await makeBatch(town.context, { actor: staffCalled('eva') })
    if (outcome.kind !== 'made') throw new Error(outcome.kind)
    expect(outcome.batch).toMatchObject({ firstDay: days[0], lastDay: last })
    const file = await readBatchFile(db, outcome.batch.number, 'sie4i')
    expect(file?.name).toContain(localDay(clock.now()))
    const vouchers = readSie(file?.content ?? Buffer.alloc(0)).vouchers
    const asWritten = (day: string) => day.replaceAll('-', '')
    expect(vouchers.map(({ date }) => date)).toEqual([...days, last].map(asWritten))
    for (const [place, day] of days.entries()) {
      const received = vouchers[place]?.rows.find(({ account }) => account === '15810')
      const sum = of(day).reduce((total, { amount }) => total + amount, 0)
      expect(Number(received?.amount) * 100).toBeCloseTo(sum)
    }
  })

  it('what is to happen every night happens once on each of these days', () => {
    const ran: string[] = []
    let at = new Date(begin)
    while (localDay(at) < last) {
      at = nextSlot('35 3 * * *', at)
      ran.push(localDay(at))
    }
    expect(ran).toEqual(days.slice(1))
  })
})
