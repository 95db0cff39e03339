import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AskableKoha, startAskable } from './asking.ts'

describe("the sandbox's lists, with Koha's habits", () => {
  let koha: AskableKoha
  beforeAll(async () => {
    koha = await startAskable()
  })
  afterAll(() => koha.stop())

  async function patronIds(query: string, embed?: string): Promise<number[]> {
    const { status, json } = await koha.ask(
      `/patrons?${query}`,
      embed ? { headers: { 'x-koha-embed': embed } } : {},
    )
    expect(status).toBe(200)
    return json.map(({ patron_id }: { patron_id: number }) => patron_id)
  }
  const q = (query: unknown) => `q=${encodeURIComponent(JSON.stringify(query))}`

  it.each<[string, number[]]>([
    ['userid=elsa', [1, 15]],
    ['userid=elsa&_match=exact', [1]],
    ['userid=elsa&_match=starts_with', [1, 15]],
    ['userid=bet&_match=ends_with', [15]],
    ['userid=e_sa', [1, 15]],
    ['userid=ÅSA&_match=exact', [3]],
    ['userid=asa%20%20&_match=exact', [3]],
    ['patron_id=1', [1, 15, 21]],
    ['patron_id=1&_match=exact', [1]],
    ['surname=zizkovic', [3]],
    ['restricted=true', [1]],
    [`userid=elsa&${q({ surname: 'nyman' })}`, [15]],
    [`${q({ userid: 'elsa' })}&${q({ surname: 'nyman' })}`, []],
  ])('?%s finds %j', async (query, ids) => {
    expect(await patronIds(query)).toEqual(ids)
  })

  it.each<[unknown, number[]]>([
    [{ userid: 'elsa' }, [1]],
    [{ userid: ['elsa', 'amir'] }, [1, 5]],
    [{ userid: { '-in': ['elsa', 'amir'] } }, [1, 5]],
    [{ userid: { '-not_in': ['elsa', 'elsabet', 'asa', 'amir', 'viggo'] } }, [21, 22]],
    [{ userid: { '-like': 'els%' } }, [1, 15]],
    [{ userid: { '-like': ['els%', 'a_ir'] } }, [1, 15, 5]],
    [
      [{ userid: 'elsa' }, { surname: 'Rahimi' }],
      [1, 5],
    ],
    [{ '-or': [{ userid: 'elsa' }, { userid: 'amir' }] }, [1, 5]],
    [{ '-and': [{ userid: { '-like': 'els%' } }, { userid: { '!=': 'elsa' } }] }, [15]],
    [{ patron_id: { '>': 5, '<=': 21 } }, [15, 21]],
    [{ patron_id: { '-between': [5, 15] } }, [15, 5]],
    [{ email: null, patron_id: { '<': 10 } }, [3, 5]],
    [{ email: { '!=': 'x' } }, [1, 21, 22]],
  ])('q=%j finds %j', async (query, ids) => {
    expect(await patronIds(q(query))).toEqual(ids)
  })

  it('joins attributes only when they are embedded', async () => {
    const both = {
      'extended_attributes.type': 'EPPN',
      'extended_attributes.value': 'elsa@demo.kvitt.example',
    }
    expect(await patronIds(q(both), 'extended_attributes')).toEqual([1])
    const answer = await koha.ask(`/patrons?${q(both)}`)
    expect(answer).toMatchObject({ status: 400, json: { error_code: 'invalid_query' } })
  })

  it.each([
    q({ nobody_has_this: 1 }),
    q({ userid: { '-magic': 1 } }),
    q({ constructor: 1 }),
    q({ userid: { constructor: 'x' } }),
    'q=not-json',
    q('text'),
  ])('refuses %s as invalid_query', async (query) => {
    const answer = await koha.ask(`/patrons?${query}`)
    expect(answer).toMatchObject({ status: 400, json: { error_code: 'invalid_query' } })
  })

  it('refuses parameters that it does not know, with a bare list', async () => {
    const answer = await koha.ask('/patrons?branch=HUM&userid=elsa')
    expect(answer.status).toBe(400)
    expect(answer.json).toEqual([{ path: '/query/branch', message: 'Malformed query string' }])
    expect((await koha.ask('/patrons?_match=nearly')).json.errors).toHaveLength(1)
  })

  it('pages by twenty unless asked, and counts all in a header', async () => {
    const first = await koha.ask('/items')
    expect(first.json).toHaveLength(20)
    expect(first.headers.get('x-total-count')).toBe('700')
    expect(first.headers.get('link')).toContain('rel="next"')
    expect((await koha.ask('/items?_per_page=50&_page=14')).json).toHaveLength(50)
    expect((await koha.ask('/items?_per_page=50&_page=15')).json).toEqual([])
    expect((await koha.ask('/items?_per_page=-1')).json).toHaveLength(700)
    const sorted = await koha.ask('/items?_per_page=1&_order_by=-item_id')
    expect(sorted.json[0].item_id).toBe(10_700)
  })

  it('shows titles only when they are embedded', async () => {
    const query = `/items?${q({ item_id: [10_001] })}`
    expect((await koha.ask(query)).json[0].biblio).toBeUndefined()
    const embedded = await koha.ask(query, { headers: { 'x-koha-embed': 'biblio' } })
    expect(embedded.json[0].biblio.author).toBe('Strindberg, August')
    expect((await koha.ask(query, { headers: { 'x-koha-embed': 'title' } })).status).toBe(400)
  })

  it('lists debits and credits that are paid, too', async () => {
    koha.world.payAtDesk({ patronId: 15 })
    const open = await koha.ask(`/patrons/15/account/debits?${q({ amount_outstanding: { '>': 0 } })}`)
    expect(open.json).toEqual([])
    expect((await koha.ask('/patrons/15/account/debits')).json).toMatchObject([
      { type: 'OVERDUE', amount: 40 },
    ])
    const credits = await koha.ask(
      `/patrons/15/account/credits?${q({ internal_note: { '-like': '%desk%' } })}`,
    )
    expect(credits.json).toMatchObject([{ type: 'PAYMENT', amount: -40, amount_outstanding: 0 }])
  })

  it('checks a password, and answers 201', async () => {
    const good = await koha.post('/auth/password/validation', {
      identifier: '2140000001',
      password: 'hemligt',
    })
    expect(good).toMatchObject({ status: 201, json: { patron_id: 1, userid: 'elsa' } })
    const bad = await koha.post('/auth/password/validation', { identifier: 'elsa', password: 'fel' })
    expect(bad.status).toBe(400)
    const none = await koha.post('/auth/password/validation', { identifier: 'amir', password: 'undefined' })
    expect(none.status).toBe(400)
  })

  it('has Koha\u2019s own answers for what is not there', async () => {
    expect(await koha.ask('/patrons/abc/account')).toMatchObject({
      status: 400,
      json: { errors: [{ path: '/patron_id' }] },
    })
    expect(await koha.ask('/patrons/4711/account')).toMatchObject({
      status: 404,
      json: { error: 'Patron not found.' },
    })
    expect((await koha.ask('/patrons/1/fines')).status).toBe(404)
    expect(await koha.ask('/items/10001')).toMatchObject({ json: { external_id: '14000' } })
    expect((await koha.ask('/items/1')).status).toBe(404)
    expect(await koha.ask('/libraries/HUM')).toMatchObject({ json: { name: 'Humanistiska biblioteket' } })
  })
})
