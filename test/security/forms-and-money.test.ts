import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Kvitt, openKvitt, type Page, type Visitor } from '../support/open-kvitt.ts'

let kvitt: Kvitt
beforeAll(async () => {
  kvitt = await openKvitt()
})
afterAll(() => kvitt?.stop())

const debitsOf = (userid: string) => {
  const { world } = kvitt.town.koha
  return world.debitsOf(world.patron(userid).id).filter(({ outstanding }) => outstanding > 0)
}
const payments = () =>
  kvitt.town.context.db.query<{ amount: number; state: string }>('select amount, state from payment')
async function open(userid: string): Promise<{ visitor: Visitor; form: Page }> {
  const visitor = await kvitt.visitor(userid)
  return { visitor, form: await visitor.get('/fees') }
}

describe('a form of the borrower (ASVS V2.2.1, V2.2.2, V15.3.3)', () => {
  const id = () => String(debitsOf('ingrid')[0]?.id)

  it.each([
    [
      'an amount of its own',
      () => [
        ['debit', id()],
        ['shown', '3000'],
        ['amount', '1'],
      ],
    ],
    [
      'another patron',
      () => [
        ['debit', id()],
        ['shown', '3000'],
        ['patronId', '101'],
      ],
    ],
    [
      'Koha’s name for the patron',
      () => [
        ['debit', id()],
        ['shown', '3000'],
        ['borrowernumber', '101'],
      ],
    ],
    [
      'a role',
      () => [
        ['debit', id()],
        ['shown', '3000'],
        ['role', 'economy'],
      ],
    ],
    [
      'a provider',
      () => [
        ['debit', id()],
        ['shown', '3000'],
        ['provider', 'free'],
      ],
    ],
    [
      'the sum twice (ASVS V15.3.7)',
      () => [
        ['debit', id()],
        ['shown', '3000'],
        ['shown', '1'],
      ],
    ],
    [
      'a prototype (ASVS V15.3.6)',
      () => [
        ['debit', id()],
        ['shown', '3000'],
        ['__proto__[polluted]', '1'],
      ],
    ],
    [
      'a constructor',
      () => [
        ['debit', id()],
        ['shown', '3000'],
        ['constructor[prototype][polluted]', '1'],
      ],
    ],
    [
      'a negative sum',
      () => [
        ['debit', id()],
        ['shown', '-3000'],
      ],
    ],
    [
      'a sum with decimals',
      () => [
        ['debit', id()],
        ['shown', '30.00'],
      ],
    ],
    [
      'a sum that is none',
      () => [
        ['debit', id()],
        ['shown', 'NaN'],
      ],
    ],
    [
      'a sum of many digits',
      () => [
        ['debit', id()],
        ['shown', '9'.repeat(40)],
      ],
    ],
    [
      'a debt that is no number',
      () => [
        ['debit', `${id()} or 1=1`],
        ['shown', '3000'],
      ],
    ],
    [
      'a negative debt',
      () => [
        ['debit', `-${id()}`],
        ['shown', '3000'],
      ],
    ],
    [
      'a debt of many digits',
      () => [
        ['debit', '9'.repeat(40)],
        ['shown', '3000'],
      ],
    ],
  ] as [string, () => [string, string][]][])(
    'with %s is refused and starts nothing',
    async (_what, fields) => {
      const { visitor, form } = await open('ingrid')
      expect((await visitor.post('/payments', fields(), form)).status).toBe(400)
      expect(await payments()).toEqual([])
      expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    },
  )

  it('with a smaller sum than is owed is shown the real one, and nothing is started (ASVS V2.2.3)', async () => {
    const { visitor, form } = await open('ingrid')
    const answer = await visitor.post(
      '/payments',
      [
        ['debit', id()],
        ['shown', '1'],
      ],
      form,
    )
    expect(answer.status).not.toBe(303)
    expect(await payments()).toEqual([])
  })

  it.each([
    ['no token', ''],
    ["another session's token", 'other'],
  ])('with %s is refused (ASVS V3.5.1)', async (_what, which) => {
    const { visitor } = await open('ingrid')
    const other = which === 'other' ? (await open('elsa')).form.html : 'name="_csrf" value=""'
    const page = { status: 200, location: null, headers: new Headers(), html: other, text: '' }
    expect(
      (
        await visitor.post(
          '/payments',
          [
            ['debit', id()],
            ['shown', '3000'],
          ],
          page,
        )
      ).status,
    ).toBe(403)
  })

  it.each([
    ['cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['no origin', { origin: 'null' }],
  ])('from %s is refused though it carries the right token (ASVS V3.5.1)', async (_what, headers) => {
    const { visitor, form } = await open('ingrid')
    const token = /name="_csrf" value="([^"]+)"/.exec(form.html)?.[1] ?? ''
    const answer = await fetch(`${kvitt.url}/payments`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        cookie: visitor.cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
        ...headers,
      } as Record<string, string>,
      body: new URLSearchParams({ _csrf: token, debit: id(), shown: '3000' }),
    })
    expect(answer.status).toBe(403)
    expect(await payments()).toEqual([])
  })
})

describe('twenty presses of one button (ASVS V2.3.4, V15.4.2)', () => {
  it('start one payment, at what Koha says is owed', async () => {
    const [debit] = debitsOf('ingrid')
    const { visitor, form } = await open('ingrid')
    const fields: [string, string][] = [
      ['debit', String(debit?.id)],
      ['shown', '3000'],
    ]
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => visitor.post('/payments', fields, form)),
    )
    expect(answers.map(({ status }) => status).every((status) => status < 500)).toBe(true)
    const started = await payments()
    expect(started.filter(({ state }) => state === 'open')).toEqual([{ amount: 3000, state: 'open' }])
    const checkouts = [...kvitt.town.cards.world.payments.values()]
    expect(checkouts).toHaveLength(1)
  })
})
