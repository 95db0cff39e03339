import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultKind } from '../../../sandbox/koha/faults.ts'
import { ore } from '../../../src/base/money.ts'
import { createKoha } from '../../../src/outside/koha/koha.ts'
import { elsasDebit, type KohaForTests, settingsFor, startKoha } from './koha-for-tests.ts'

describe('a debit for Elsa', () => {
  let outside: KohaForTests
  beforeEach(async () => {
    outside = await startKoha()
  })
  afterEach(() => outside.stop())

  const ours = () =>
    outside.world.debitsOf(1).filter(({ description }) => description?.includes('KV-7F3K-2M-R1'))

  it('is owed in full and carries our reference in both texts', async () => {
    const outcome = await outside.koha.postDebit(elsasDebit({ amount: ore(1999) }))
    expect(outcome).toMatchObject({ kind: 'booked', line: { amount: 1999, description: 'KV-7F3K-2M-R1' } })
    expect(ours()).toMatchObject([
      {
        type: 'MANUAL',
        libraryId: 'EKO',
        outstanding: 19_990_000,
        note: 'KV-7F3K-2M-R1 OVERDUE of KV-7F3K-2M is refunded',
        interface: 'api',
      },
    ])
  })

  it('is found again by its reference, paid or not, and no other is', async () => {
    await outside.koha.postDebit(elsasDebit())
    await outside.koha.postDebit(elsasDebit({ reference: 'KV-7F3K-2M-R12' }))
    const find = () => outside.koha.debitsWithReference(1, 'KV-7F3K-2M-R1')
    expect(await find()).toMatchObject({ ok: true, value: [{ amount: 16_000 }] })
    outside.world.payAtDesk({ patronId: 1, debitIds: ours().map(({ id }) => id) })
    expect(await find()).toMatchObject({ ok: true, value: [{ amount: 16_000 }] })
    await expect(outside.koha.debitsWithReference(1, ' ')).rejects.toThrow(RangeError)
  })

  it('of a type that Koha does not know is refused; of nothing it is not sent', async () => {
    const outcome = await outside.koha.postDebit(elsasDebit({ type: 'UNHEARD_OF' }))
    expect(outcome).toMatchObject({ kind: 'refused', trouble: { kind: 'refused' } })
    await expect(outside.koha.postDebit(elsasDebit({ amount: ore(0) }))).rejects.toThrow(RangeError)
    expect(ours()).toEqual([])
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
    'when Koha has the fault %s the outcome is %s (%s), and Koha holds %i debit',
    async (kind, outcome, trouble, debits) => {
      outside.world.faults.add({ kind, on: 'debits' })
      const settings = settingsFor(outside.apiUrl, { writeSeconds: trouble === 'timeout' ? 0.4 : 10 })
      const told = await createKoha(settings).postDebit(elsasDebit())
      expect(told).toMatchObject({ kind: outcome, trouble: { kind: trouble } })
      expect(ours()).toHaveLength(debits)
    },
  )
})
