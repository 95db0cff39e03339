import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { FaultKind } from '../../../sandbox/koha/faults.ts'
import { ore } from '../../../src/base/money.ts'
import { createKoha } from '../../../src/outside/koha/koha.ts'
import { elsasCredit, type KohaForTests, settingsFor, startKoha } from './koha-for-tests.ts'

describe('a credit for Elsa', () => {
  let outside: KohaForTests
  beforeEach(async () => {
    outside = await startKoha()
  })
  afterEach(() => outside.stop())

  it('pays exactly the chosen debts and carries our reference in both texts', async () => {
    const outcome = await outside.koha.postCredit(elsasCredit({ debitIds: [101, 103], amount: ore(68_600) }))
    expect(outcome).toMatchObject({
      kind: 'booked',
      line: { type: 'PAYMENT', amount: 68_600, unused: 0, description: 'KV-7F3K-2M' },
    })
    expect(outside.world.debitsOf(1).map(({ outstanding }) => outstanding)).toEqual([0, 200_000_000, 0])
    expect(outside.world.creditsOf(1)).toMatchObject([
      {
        libraryId: 'EKO',
        paymentType: 'KVITT',
        description: 'KV-7F3K-2M',
        note: 'KV-7F3K-2M Nexi Checkout',
        interface: 'api',
      },
    ])
  })

  it('tells what of the credit nothing has used', async () => {
    const outcome = await outside.koha.postCredit(elsasCredit({ amount: ore(90_000) }))
    expect(outcome).toMatchObject({ kind: 'booked', line: { amount: 90_000, unused: 1400 } })
  })

  it('books any sum to the öre: nothing is left owing and nothing is over', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 3_000_00 }), { minLength: 1, maxLength: 6 }),
        async (sums) => {
          const debits = sums.map((öre) =>
            outside.world.addDebit({ patronId: 5, type: 'MANUAL', amount: öre / 100 }),
          )
          const total = ore(sums.reduce((all, one) => all + one, 0))
          const debitIds = debits.map(({ id }) => id)
          const outcome = await outside.koha.postCredit(elsasCredit({ patronId: 5, amount: total, debitIds }))
          expect(outcome).toMatchObject({ kind: 'booked', line: { amount: total, unused: 0 } })
          expect(outside.world.owes(5)).toBe(0)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('refuses to send a credit without debts, which would pay everything, or without a sum', async () => {
    await expect(outside.koha.postCredit(elsasCredit({ debitIds: [] }))).rejects.toThrow(RangeError)
    await expect(outside.koha.postCredit(elsasCredit({ amount: ore(0) }))).rejects.toThrow(RangeError)
    await expect(outside.koha.postCredit(elsasCredit({ amount: ore(-100) }))).rejects.toThrow(RangeError)
    expect(outside.world.requests).toEqual([])
  })

  it.each<[FaultKind, string, string, number]>([
    ['down', 'unknown', 'unreachable', 0],
    ['500-before', 'unknown', 'broken', 0],
    ['500-after', 'unknown', 'broken', 1],
    ['cut-after', 'unknown', 'unreachable', 1],
    ['timeout-after', 'unknown', 'timeout', 1],
    ['html', 'unknown', 'nonsense', 0],
    ['503', 'unknown', 'broken', 0],
    ['401', 'refused', 'forbidden', 0],
    ['403', 'refused', 'forbidden', 0],
    ['404', 'refused', 'refused', 0],
  ])(
    'when Koha has the fault %s the outcome is %s (%s), and Koha holds %i credit',
    async (kind, outcome, trouble, credits) => {
      outside.world.faults.add({ kind, on: 'credits' })
      const settings = settingsFor(outside.apiUrl, { writeSeconds: trouble === 'timeout' ? 0.4 : 10 })
      const told = await createKoha(settings).postCredit(elsasCredit())
      expect(told).toMatchObject({ kind: outcome, trouble: { kind: trouble } })

      // Whoever looks for the reference before trying again finds the truth.
      const found = await outside.koha.creditsWithReference(1, 'KV-7F3K-2M')
      expect(found.ok && found.value).toHaveLength(credits)
      expect(outside.world.creditsOf(1)).toHaveLength(credits)
    },
  )

  it('does not know of a credit that Koha books after we have given up', async () => {
    outside.world.faults.add({ kind: 'slow', on: 'credits' })
    const hasty = createKoha(settingsFor(outside.apiUrl, { writeSeconds: 0.4 }))
    expect(await hasty.postCredit(elsasCredit())).toMatchObject({
      kind: 'unknown',
      trouble: { kind: 'timeout' },
    })
    expect(await outside.koha.creditsWithReference(1, 'KV-7F3K-2M')).toEqual({ ok: true, value: [] })
    outside.world.faults.clear()
    await vi.waitFor(() => expect(outside.world.creditsOf(1)).toHaveLength(1), { interval: 5 })
    expect(await outside.koha.creditsWithReference(1, 'KV-7F3K-2M')).toMatchObject({ value: [{ unused: 0 }] })
  })

  it('renews a token that has been taken away, and books once', async () => {
    await outside.koha.account(1)
    outside.world.faults.add({ kind: '401', on: 'credits', times: 1 })
    expect(await outside.koha.postCredit(elsasCredit())).toMatchObject({ kind: 'booked' })
    expect(outside.world.creditsOf(1)).toHaveLength(1)
    expect(outside.world.requests.filter(({ path }) => path === '/oauth/token')).toHaveLength(2)
  })

  it('knows that nothing was sent when the port is closed or no token can be had', async () => {
    outside.world.faults.add({ kind: '503', on: 'all' })
    expect(await outside.koha.postCredit(elsasCredit())).toMatchObject({
      kind: 'not-sent',
      trouble: { kind: 'broken' },
    })
    outside.world.faults.clear()
    await outside.koha.account(1)
    await outside.goDown()
    expect(await outside.koha.postCredit(elsasCredit())).toMatchObject({
      kind: 'not-sent',
      trouble: { kind: 'unreachable', message: 'Koha cannot be reached (ECONNREFUSED)' },
    })
    await outside.comeUp()
    expect(await outside.koha.postCredit(elsasCredit())).toMatchObject({ kind: 'booked' })
    expect(outside.world.creditsOf(1)).toHaveLength(1)
  })

  it('does not lose a credit to a connection that Koha closes between two calls', async () => {
    for (let round = 0; round < 5; round += 1) {
      await outside.koha.account(1)
      await outside.goDown()
      await outside.comeUp()
      const outcome = await outside.koha.postCredit(elsasCredit({ amount: ore(100), debitIds: [101] }))
      expect(outcome.kind).toBe('booked')
    }
  })

  it('calls what Koha answers 500 to unknown, for Koha may have booked before it failed', async () => {
    const credit = outside.world.payAtDesk({ patronId: 1, debitIds: [102] })
    expect(await outside.koha.postCredit(elsasCredit({ debitIds: [credit.id] }))).toMatchObject({
      kind: 'unknown',
    })
    expect(outside.world.creditsOf(1)).toMatchObject([{}, { outstanding: -886_000_000 }])
    expect(
      await outside.koha.postCredit(elsasCredit({ libraryId: 'NONE', reference: 'KV-2' })),
    ).toMatchObject({
      kind: 'unknown',
    })
    expect(outside.world.creditsOf(1)).toHaveLength(2)
  })
})
