import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PatronKey } from '../../../src/outside/ports/koha.ts'
import { type KohaForTests, startKoha } from './koha-for-tests.ts'

describe('who somebody is in Koha', () => {
  let outside: KohaForTests
  beforeAll(async () => {
    outside = await startKoha()
  })
  afterAll(() => outside.stop())

  async function idsFor(key: PatronKey): Promise<number[]> {
    const answer = await outside.koha.findPatrons(key)
    if (!answer.ok) throw new Error(answer.trouble.message)
    return answer.value.map(({ id }) => id)
  }

  it('finds Elsa by userid, and not Elsabet whose userid contains hers', async () => {
    expect(await idsFor({ by: 'userid', value: 'elsa' })).toEqual([1])
    expect(outside.world.requests.at(-1)?.query).toContain('_match=exact')
    expect(outside.world.requests.at(-1)?.query).toContain('_per_page=')
  })

  it('finds her by card and by e-mail address', async () => {
    expect(await idsFor({ by: 'cardnumber', value: '2140000001' })).toEqual([1])
    expect(await idsFor({ by: 'email', value: 'elsa@demo.kvitt.example' })).toEqual([1])
  })

  it('finds both of Omar\u2019s cards', async () => {
    expect(await idsFor({ by: 'email', value: 'omar@demo.kvitt.example' })).toEqual([21, 22])
    expect(await idsFor({ by: 'attribute', type: 'EPPN', value: 'omar@demo.kvitt.example' })).toEqual([
      21, 22,
    ])
  })

  it('finds by attribute only when type and value belong together', async () => {
    // Elsabet has the same value under another type.
    expect(await idsFor({ by: 'attribute', type: 'EPPN', value: 'elsa@demo.kvitt.example' })).toEqual([1])
    expect(await idsFor({ by: 'attribute', type: 'EPPN', value: '7' })).toEqual([])
  })

  it('compares attributes itself, because Koha takes å for a and large letters for small', async () => {
    expect(await idsFor({ by: 'attribute', type: 'EPPN', value: 'asa@demo.kvitt.example' })).toEqual([])
    expect(await idsFor({ by: 'attribute', type: 'EPPN', value: 'Åsa@demo.kvitt.example' })).toEqual([])
    const decomposed = 'åsa@demo.kvitt.example'.normalize('NFD')
    expect(await idsFor({ by: 'attribute', type: 'EPPN', value: decomposed })).toEqual([3])
  })

  it('hands over what Koha takes for equal by userid, for the caller to compare', async () => {
    expect(await idsFor({ by: 'userid', value: 'ÅSA' })).toEqual([3])
  })

  it('asks nobody about a blank value, which many patrons share', async () => {
    const before = outside.world.requests.length
    expect(await idsFor({ by: 'email', value: ' ' })).toEqual([])
    expect(outside.world.requests).toHaveLength(before)
  })

  it.each(['%', '_lsa', 'a&_match=contains', '{"userid":{"!=":""}}', 'els a+b%41'])(
    'finds nobody by %j',
    async (value) => {
      expect(await idsFor({ by: 'userid', value })).toEqual([])
      expect(await idsFor({ by: 'attribute', type: 'EPPN', value })).toEqual([])
    },
  )

  it('reads one patron, by the name that the person wants', async () => {
    const answer = await outside.koha.patron(30)
    expect(answer).toMatchObject({
      ok: true,
      value: { id: 30, firstName: 'Viggo', surname: 'Holm', restricted: false, expiresOn: null, email: null },
    })
    expect(await outside.koha.patron(1)).toMatchObject({
      value: { restricted: true, expiresOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
    })
  })

  it('answers undefined for a number that nobody has', async () => {
    expect(await outside.koha.patron(4711)).toEqual({ ok: true, value: undefined })
  })
})
