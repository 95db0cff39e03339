import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { callEverything } from '../outside/koha/every-call.ts'
import { type KohaForTests, startKoha } from '../outside/koha/koha-for-tests.ts'
import { readKohaApi } from './koha-api.ts'
import { type Validator, validatorOf } from './koha-validator.ts'

let validator: Validator
let outside: KohaForTests
beforeAll(async () => {
  validator = validatorOf(await readKohaApi())
  outside = await startKoha()
})
beforeEach(() => {
  outside.exchanged.length = 0
})
afterAll(() => outside?.stop())

describe("our client and the sandbox, held against Koha's own document", () => {
  it('finds nothing wrong in any call of the client, on a good day', async () => {
    await callEverything(outside)
    expect(outside.exchanged.length).toBeGreaterThan(17)
    expect(outside.exchanged.flatMap((one) => validator.faultsOf(one))).toEqual([])
  })

  it.each(['500-before', '401', '403', '404', '503'] as const)(
    'finds nothing wrong in the answers of a bad day: %s',
    async (kind) => {
      outside.world.faults.add({ kind, on: 'all' })
      await callEverything(outside)
      outside.world.faults.clear()
      // The token's own address declares no 5xx answers.
      const seen = outside.exchanged.filter(({ path, status }) => path !== '/oauth/token' || status < 500)
      expect(seen.flatMap((one) => validator.faultsOf(one))).toEqual([])
    },
  )

  it('would notice a wrong answer and a wrong request', async () => {
    await outside.koha.account(1)
    const account = outside.exchanged.find(({ path, status }) => path.endsWith('/account') && status === 200)
    if (!account) throw new Error('The account was not read')
    expect(validator.faultsOf(account)).toEqual([])
    const asText = { ...account, json: { ...(account.json as object), balance: '886.00' } }
    expect(validator.faultsOf(asText).join()).toContain('must be number')
    const stranger = { ...account, json: { ...(account.json as object), currency: 'SEK' } }
    expect(validator.faultsOf(stranger).join()).toContain('additional properties')
    const patrons = { ...account, path: '/patrons', json: [], query: new URLSearchParams({ branch: 'HUM' }) }
    expect(validator.faultsOf(patrons).join()).toContain('branch')
  })
})
