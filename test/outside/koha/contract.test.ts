import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Exchanged } from '../../../sandbox/koha/api/api-router.ts'
import { routes } from '../../../sandbox/koha/api/routes.ts'
import { calls } from '../../fixtures/koha/contract.ts'
import { faultsOf } from './contract-faults.ts'
import { callEverything } from './every-call.ts'
import { elsasCredit, type KohaForTests, startKoha } from './koha-for-tests.ts'

let outside: KohaForTests
beforeAll(async () => {
  outside = await startKoha()
})
beforeEach(() => {
  outside.exchanged.length = 0
})
afterAll(() => outside?.stop())

/** Calls that the sandbox answers and our client does not make. */
const notOurs = ['GET /items/{item_id}', 'GET /libraries/{library_id}']

describe("our client and the sandbox, held against Koha's contract", () => {
  it('finds nothing wrong in any call of the client, on a good day', async () => {
    await callEverything(outside)
    expect(outside.exchanged.length).toBeGreaterThan(17)
    expect(outside.exchanged.flatMap(faultsOf)).toEqual([])
  })

  it.each(['500-before', '401', '403', '404', '503'] as const)(
    'finds nothing wrong in the answers of a bad day: %s',
    async (kind) => {
      outside.world.faults.add({ kind, on: 'all' })
      await callEverything(outside)
      outside.world.faults.clear()
      // The fault says on lists too that a patron is not there, where Koha would not.
      const seen = outside.exchanged.filter(({ path }) => kind !== '404' || /^\/patrons\/\d/.test(path))
      expect(seen.length).toBeGreaterThan(2)
      expect(seen.flatMap(faultsOf)).toEqual([])
    },
  )

  it('has all that the client calls and the sandbox answers, and no more', async () => {
    await callEverything(outside)
    const called = new Set(outside.exchanged.map(({ method, path }) => `${method} ${template(path)}`))
    const listed = calls.map(({ method, path }) => `${method} ${path}`)
    expect([...called, ...notOurs].sort()).toEqual([...listed].sort())
    expect(['POST /oauth/token', ...routes.map(nameOf)].sort()).toEqual([...listed].sort())
  })

  it('demands the permissions that the sandbox demands', () => {
    const demanded = routes.map((route) => [nameOf(route), route.permissions])
    const listed = calls.flatMap(({ method, path, permissions }) =>
      permissions ? [[`${method} ${path}`, permissions]] : [],
    )
    expect(Object.fromEntries(demanded)).toEqual(Object.fromEntries(listed))
  })

  it('knows single items and libraries as the sandbox shows them', async () => {
    const key = { authorization: `Basic ${Buffer.from('kvitt:kvitt').toString('base64')}` }
    await fetch(`${outside.apiUrl}/items/10001`, { headers: key })
    await fetch(`${outside.apiUrl}/libraries/EKO`, { headers: key })
    expect(outside.exchanged.map(({ path }) => template(path))).toEqual([
      '/items/{item_id}',
      '/libraries/{library_id}',
    ])
    expect(outside.exchanged.flatMap(faultsOf)).toEqual([])
  })
})

describe('the contract', () => {
  let account: Exchanged
  let credit: Exchanged
  beforeEach(async () => {
    await outside.koha.account(1)
    await outside.koha.postCredit(elsasCredit())
    const good = outside.exchanged.filter(({ path, status }) => path.includes('/account') && status < 300)
    ;[account, credit] = good as [Exchanged, Exchanged]
    expect([...faultsOf(account), ...faultsOf(credit)]).toEqual([])
  })

  const answer = (more: object) => faultsOf({ ...account, json: { ...(account.json as object), ...more } })
  const sent = (more: object) => faultsOf({ ...credit, body: { ...(credit.body as object), ...more } })
  const line = (more: object) => {
    const { outstanding_debits } = account.json as { outstanding_debits: { lines: object[] } }
    return answer({ outstanding_debits: { lines: [{ ...outstanding_debits.lines[0], ...more }] } })
  }

  it.each<[string, () => string[], string]>([
    ['an amount in text', () => answer({ balance: '886.00' }), 'answer 200.balance: string, not number'],
    ['an unknown field', () => answer({ currency: 'SEK' }), 'answer 200.currency: not in the contract'],
    [
      'a missing field',
      () => answer({ outstanding_debits: {} }),
      'answer 200.outstanding_debits.lines: missing',
    ],
    [
      'a time without its zone',
      () => line({ date: '2026-09-18 14:03' }),
      'answer 200.outstanding_debits.lines.0.date: string, not time',
    ],
    [
      'null where there is always something',
      () => line({ account_line_id: null }),
      'answer 200.outstanding_debits.lines.0.account_line_id: null, not integer',
    ],
    ['another status', () => faultsOf({ ...account, status: 418 }), 'answer 418: not in the contract'],
    ['a credit below zero', () => sent({ amount: -1 }), 'request.amount: number, not amount'],
    ['a field that Koha refuses', () => sent({ cash_register_id: 1 }), 'request.cash_register_id: not in'],
    [
      'a credit for whatever is oldest',
      () => sent({ account_lines_ids: undefined }),
      'request.account_lines_ids',
    ],
    [
      'an unknown address',
      () => faultsOf({ ...account, path: '/patrons/1/fines' }),
      'is not in the contract',
    ],
    ['a patron who is no number', () => faultsOf({ ...account, path: '/patrons/elsa/account' }), 'patron_id'],
    ['a call without a key', () => faultsOf({ ...account, headers: {} }), 'request: no key'],
    [
      'an unknown embed',
      () => faultsOf({ ...account, headers: { ...account.headers, 'x-koha-embed': 'fines' } }),
      'x-koha-embed knows no fines',
    ],
    [
      'an unknown query parameter',
      () => faultsOf({ ...account, query: new URLSearchParams({ branch: 'HUM' }) }),
      'branch is not in the contract',
    ],
    ['a page of a proxy', () => faultsOf({ ...account, status: 403, json: '<h1>No</h1>' }), 'not an object'],
  ])('notices %s', (_what, faults, wanted) => {
    expect(faults().join('\n')).toContain(wanted)
  })
})

function nameOf({ method, path }: { method: string; path: string }): string {
  return `${method.toUpperCase()} ${path.replace(/:(\w+)/g, '{$1}')}`
}

function template(path: string): string {
  return path
    .replace(/^\/patrons\/\d+/, '/patrons/{patron_id}')
    .replace(/^\/items\/\d+/, '/items/{item_id}')
    .replace(/^\/libraries\/\w+/, '/libraries/{library_id}')
}
