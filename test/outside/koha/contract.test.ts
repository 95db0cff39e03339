import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Exchanged } from '../../../sandbox/koha/api/api-router.ts'
import { ore } from '../../../src/base/money.ts'
import { type Contract, contractIsHere, loadContract } from './koha-contract.ts'
import { elsasCredit, elsasDebit, type KohaForTests, startKoha } from './koha-for-tests.ts'

describe.skipIf(!contractIsHere)("our client and the sandbox, held against Koha's own document", () => {
  let contract: Contract
  let outside: KohaForTests
  beforeAll(async () => {
    contract = await loadContract()
    outside = await startKoha()
  })
  afterAll(() => outside.stop())

  async function callEverything(): Promise<void> {
    const { koha } = outside
    await koha.tryOut()
    await koha.findPatrons({ by: 'userid', value: 'elsa' })
    await koha.findPatrons({ by: 'cardnumber', value: '2140000001' })
    await koha.findPatrons({ by: 'email', value: 'omar@demo.kvitt.example' })
    await koha.findPatrons({ by: 'attribute', type: 'EPPN', value: 'elsa@demo.kvitt.example' })
    await koha.patron(1)
    await koha.patron(999)
    await koha.account(1)
    await koha.items(Array.from({ length: 500 }, (_, at) => 10_001 + at))
    await koha.libraries()
    await koha.postCredit(elsasCredit({ amount: ore(90_000) }))
    await koha.creditsWithReference(1, 'KV-7F3K-2M')
    await koha.account(1)
    await koha.postDebit(elsasDebit())
    await koha.debitsWithReference(1, 'KV-7F3K-2M-R1')
  }

  it('finds nothing wrong in any call of the client, on a good day', async () => {
    await callEverything()
    expect(outside.exchanged.length).toBeGreaterThan(15)
    expect(outside.exchanged.map((one) => [one.path, contract.faultsOf(one)])).toEqual(
      outside.exchanged.map((one) => [one.path, []]),
    )
  })

  it.each(['500-before', '401', '403', '404', '503'] as const)(
    'finds nothing wrong in the answers of a bad day: %s',
    async (kind) => {
      outside.exchanged.length = 0
      outside.world.faults.add({ kind, on: 'all' })
      await callEverything()
      outside.world.faults.clear()
      // The token's own address declares no 5xx answers.
      const seen = outside.exchanged.filter((one) => one.path !== '/oauth/token' || one.status < 500)
      expect(seen.flatMap((one) => contract.faultsOf(one))).toEqual([])
    },
  )

  it('would notice a wrong answer, a wrong request and a wrong address', async () => {
    outside.exchanged.length = 0
    await outside.koha.account(1)
    await outside.koha.postCredit(elsasCredit())
    const good = outside.exchanged.filter(({ path, status }) => path.includes('/account') && status < 300)
    const [account, credit] = good as [Exchanged, Exchanged]
    expect([...contract.faultsOf(account), ...contract.faultsOf(credit)]).toEqual([])

    const asText = { ...account, json: { ...(account.json as object), balance: '886.00' } }
    expect(contract.faultsOf(asText).join()).toContain('must be number')
    const stranger = { ...account, json: { ...(account.json as object), currency: 'SEK' } }
    expect(contract.faultsOf(stranger).join()).toContain('additional properties')
    const lines = [{ amount: 1, date: '2026-09-18 14:03' }]
    const dated = { ...account, json: { balance: 1, outstanding_debits: { total: 1, lines } } }
    expect(contract.faultsOf(dated).join()).toContain('date-time')
    const negative = { ...credit, body: { ...(credit.body as object), amount: -1 } }
    expect(contract.faultsOf(negative).join()).toContain('must be >= 0')
    const register = { ...credit, body: { ...(credit.body as object), cash_register_id: 1 } }
    expect(contract.faultsOf(register).join()).toContain('additional properties')
    const patrons = { ...account, path: '/patrons', json: [], query: new URLSearchParams({ branch: 'HUM' }) }
    expect(contract.faultsOf(patrons).join()).toContain('branch')
    expect(contract.faultsOf({ ...account, path: '/patrons/1/fines' })).toHaveLength(1)
  })
})
