import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listAudit } from '../../../src/areas/audit/audit-store.ts'
import { forgetPersonalData } from '../../../src/areas/retention/forget-personal-data.ts'
import { cutoffsAt } from '../../../src/areas/retention/retention-plan.ts'
import { areas } from '../../../src/areas.ts'
import type { Actor } from '../../../src/base/actor.ts'
import { startTown, type Town } from '../../support/town.ts'

const clockwork: Actor = { who: 'timetable', role: 'system', address: null, request: null }
const DAY = 86_400

describe('how long is long enough', () => {
  const settings = { abandonedMonths: 3, titlesMonths: 6, webhookMonths: 1, paymentYears: 7 }
  const cutoffs = (now: string) => JSON.parse(JSON.stringify(cutoffsAt(new Date(now), settings)))

  it('counts months from now, and years from the end of the calendar year', () => {
    expect(cutoffs('2026-11-21T12:00:00Z')).toEqual({
      // The same hour of the clock, in summer.
      abandoned: '2026-08-21T11:00:00.000Z',
      titles: '2026-05-21T11:00:00.000Z',
      webhooks: '2026-10-21T11:00:00.000Z',
      // Paid in 2019 or later: kept through 2026. Paid in 2018: seven years after its end is the end of 2025.
      paid: '2018-12-31T23:00:00.000Z',
    })
  })

  it('keeps a whole last month when the month now is longer', () => {
    expect(cutoffs('2026-05-31T10:00:00Z')).toMatchObject({
      abandoned: '2026-02-28T11:00:00.000Z',
      titles: '2025-11-30T11:00:00.000Z',
      webhooks: '2026-04-30T10:00:00.000Z',
    })
    expect(cutoffs('2028-05-31T10:00:00Z')).toMatchObject({ abandoned: '2028-02-29T11:00:00.000Z' })
  })

  it('begins the year at midnight in Stockholm, as the books do', () => {
    expect(cutoffs('2026-12-31T22:59:59Z').paid).toBe('2018-12-31T23:00:00.000Z')
    expect(cutoffs('2026-12-31T23:30:00Z').paid).toBe('2019-12-31T23:00:00.000Z')
  })
})

describe('forgetting (ASVS V14.2.7)', () => {
  let town: Town
  beforeEach(async () => {
    town = await startTown()
  })
  afterEach(() => town?.stop())

  const payment = async (reference: string) => {
    const [row] = await town.context.db.query<Record<string, unknown>>(
      `select p.patron_id as patron, p.receipt_email as email, p.amount, p.state,
              (select count(*)::int from payment_line l where l.payment_id = p.id
                and (l.title is not null or l.barcode is not null or l.item_id is not null)) as titles,
              (select sum(l.amount)::int from payment_line l where l.payment_id = p.id) as lines,
              (select count(*)::int from notice n where n.payment_id = p.id and n.address <> '') as addresses
         from payment p where p.reference = $1`,
      [reference],
    )
    return row
  }
  const parts = areas.flatMap(({ forgetting = [] }) => forgetting)
  const forget = () => forgetPersonalData(town.context, parts, clockwork)
  const books = () => town.context.db.query('select * from posting order by id')
  async function paid(userid: string): Promise<string> {
    const reference = await town.started(userid)
    town.payByCard(reference)
    await town.work()
    return reference
  }

  it('takes titles and addresses from what is paid, later whose it was, and leaves the books whole', async () => {
    const reference = await paid('elsa')
    const before = await payment(reference)
    expect(before).toMatchObject({ patron: 101, email: 'elsa@demo.kvitt.example', addresses: 1 })
    expect(before?.titles).toBeGreaterThan(0)
    const booked = await books()
    expect(await forget()).toEqual({
      abandoned: 0,
      titles: 0,
      paid: 0,
      webhooks: 0,
    })

    town.clock.advance(190 * DAY)
    expect(await forget()).toMatchObject({
      abandoned: 0,
      titles: 1,
      paid: 0,
    })
    expect(await payment(reference)).toEqual({ ...before, email: null, titles: 0, addresses: 0 })

    town.clock.advance(8 * 366 * DAY)
    expect(await forget()).toMatchObject({ titles: 0, paid: 1 })
    expect(await payment(reference)).toMatchObject({
      patron: 0,
      amount: before?.amount,
      lines: before?.lines,
    })
    expect(await books()).toEqual(booked)
    expect(await town.context.db.query('select 1 from write_back where patron_id <> 0')).toEqual([])
  })

  it('makes what came to nothing nobody’s after three months, and empties what was sent about it', async () => {
    const reference = await town.started('bengt')
    await town.passTime(3 * DAY, DAY)
    expect((await payment(reference))?.state).toBe('expired')
    town.clock.advance(95 * DAY)
    expect(await forget()).toMatchObject({ abandoned: 1 })
    expect(await payment(reference)).toMatchObject({ patron: 0, email: null, titles: 0 })
    expect(await town.context.db.query('select 1 from webhook where length(body) > 0')).toEqual([])
  })

  it('waits for what somebody still has to look at', async () => {
    const reference = await paid('ingrid')
    await town.context.db.query(
      `update payment set parked = 'test', parked_at = now() where reference = $1`,
      [reference],
    )
    town.clock.advance(9 * 366 * DAY)
    await forget()
    expect(await payment(reference)).toMatchObject({ patron: 103, email: 'ingrid@demo.kvitt.example' })
  })

  it('forgets what a person registered in Koha by hand: that is done too', async () => {
    const reference = await paid('ingrid')
    await town.context.db.query(
      `update write_back set state = 'by-hand' where payment_id = (select id from payment where reference = $1)`,
      [reference],
    )
    town.clock.advance(9 * 366 * DAY)
    await forget()
    expect(await payment(reference)).toMatchObject({ patron: 0, email: null })
  })

  it('goes on past a full portion of payments that are not done yet', async () => {
    const { db } = town.context
    const waiting = await paid('ingrid')
    const done = await paid('elsa')
    await db.query(
      `insert into payment (reference, patron_id, state, amount, currency, language, provider, created_at, expires_at, settled_at)
       select 'KV-OLD-' || n, 1, 'paid', 100, 'SEK', 'sv', 'nets-easy', now() - interval '20 years', now(), now() - interval '20 years'
       from generate_series(1, 600) n`,
    )
    await db.query(
      `insert into write_back (payment_id, patron_id, state, created_at)
       select id, 1, 'waiting', now() from payment where reference like 'KV-OLD-%'`,
    )
    await db.query(
      `update write_back set state = 'waiting' where payment_id = (select id from payment where reference = $1)`,
      [waiting],
    )
    town.clock.advance(9 * 366 * DAY)
    await forget()
    expect([(await payment(waiting))?.patron, (await payment(done))?.patron]).toEqual([103, 0])
  })

  it('can be done twice, and is told once in the audit trail', async () => {
    await paid('elsa')
    town.clock.advance(190 * DAY)
    await forget()
    await forget()
    const told = await listAudit(
      town.context.db,
      { before: null, who: null, act: 'data-anonymised', subject: null },
      10,
    )
    expect(told.map(({ who, after }) => [who, after?.titles])).toEqual([['timetable', 1]])
  })
})
