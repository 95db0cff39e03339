import { describe, expect, it } from 'vitest'
import { matchPatron } from '../../../src/areas/people/match-patron.ts'
import type { MatchRule } from '../../../src/areas/people/match-rule.ts'
import type { Answer } from '../../../src/base/answer.ts'
import type { Identity } from '../../../src/outside/ports/identity.ts'
import type { Patron, PatronKey } from '../../../src/outside/ports/koha.ts'
import { demoMatch, patronOf } from '../../support/sign-in-app.ts'

const eppn = 'urn:oid:1.3.6.1.4.1.5923.1.1.1.6'
const mail = 'urn:oid:0.9.2342.19200300.100.1.3'

function identity(id: string, attributes: Record<string, string> = { [eppn]: id, [mail]: id }): Identity {
  return { id, name: id, email: null, attributes }
}

/** A Koha that compares as its database does: case, accents and trailing blanks make no difference. */
function kohaWith(patrons: Patron[], attributes: Record<number, string> = {}) {
  const asked: PatronKey[] = []
  const plain = (text: string | null | undefined) =>
    text?.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trimEnd()
  const held = (patron: Patron, key: PatronKey) => {
    if (key.by === 'attribute') return attributes[patron.id]
    return { userid: patron.userId, cardnumber: patron.cardNumber, email: patron.email }[key.by]
  }
  const findPatrons = async (key: PatronKey): Promise<Answer<Patron[]>> => {
    asked.push(key)
    return { ok: true, value: patrons.filter((patron) => plain(held(patron, key)) === plain(key.value)) }
  }
  return { koha: { findPatrons }, asked }
}

const rules = (match: MatchRule[]) => ({ people: { match } })
const demo = rules(demoMatch)

describe('who a signed-in person is in Koha', () => {
  it('finds Elsa by her user id, the scope cut off, and asks nothing more', async () => {
    const { koha, asked } = kohaWith([patronOf(1, 'elsa')])
    const found = await matchPatron({ koha, config: demo }, identity('elsa@demo.kvitt.example'))
    expect(found).toMatchObject({ kind: 'one', patron: { id: 1 } })
    expect(asked).toEqual([{ by: 'userid', value: 'elsa' }])
  })

  it('goes on to the next rule when one finds nobody: Bengt by an attribute, Ingrid by her mail', async () => {
    const { koha, asked } = kohaWith(
      [patronOf(2, 'b.hallstrom'), patronOf(3, 'i.sandahl', { email: 'Ingrid@Demo.Kvitt.example' })],
      { 2: 'bengt@demo.kvitt.example' },
    )
    const bengt = await matchPatron({ koha, config: demo }, identity('bengt@demo.kvitt.example'))
    expect(bengt).toMatchObject({ kind: 'one', patron: { id: 2 } })
    const ingrid = await matchPatron({ koha, config: demo }, identity('ingrid@demo.kvitt.example'))
    expect(ingrid).toMatchObject({ kind: 'one', patron: { id: 3 } })
    expect(asked.map(({ by }) => by)).toEqual(['userid', 'attribute', 'userid', 'attribute', 'email'])
  })

  it('finds no account for Frida', async () => {
    const { koha } = kohaWith([patronOf(1, 'elsa')])
    expect(await matchPatron({ koha, config: demo }, identity('frida@demo.kvitt.example'))).toEqual({
      kind: 'none',
    })
  })

  it('stops at the first rule that finds several, though a later one would find only one', async () => {
    const twins = [
      patronOf(4, 'o1', { email: 'omar@demo.kvitt.example' }),
      patronOf(5, 'o2', { email: 'omar@demo.kvitt.example' }),
    ]
    const byMailFirst = rules([
      { by: 'email', from: mail, withoutScope: false },
      { by: 'userid', from: eppn, withoutScope: true },
    ])
    const { koha, asked } = kohaWith([...twins, patronOf(6, 'omar')])
    const found = await matchPatron({ koha, config: byMailFirst }, identity('omar@demo.kvitt.example'))
    expect(found).toEqual({ kind: 'several', count: 2 })
    expect(asked).toHaveLength(1)
  })

  it('counts one patron that Koha lists twice as one', async () => {
    const { koha } = kohaWith([patronOf(1, 'elsa'), patronOf(1, 'elsa')])
    expect(await matchPatron({ koha, config: demo }, identity('elsa@demo.kvitt.example'))).toMatchObject({
      kind: 'one',
    })
  })

  it('does not take åsa for asa, nor ELSA for elsa, though Koha does', async () => {
    const byUserid = rules([{ by: 'userid', from: eppn, withoutScope: true }])
    const { koha } = kohaWith([patronOf(7, 'åsa'), patronOf(8, 'ELSA'), patronOf(9, 'siv ')])
    for (const id of ['asa', 'elsa', 'siv']) {
      expect(await matchPatron({ koha, config: byUserid }, identity(`${id}@demo.kvitt.example`))).toEqual({
        kind: 'none',
      })
    }
  })

  it('takes an Å of one character and an Å of two for the same letter', async () => {
    const byUserid = rules([{ by: 'userid', from: eppn, withoutScope: true }])
    const { koha } = kohaWith([patronOf(7, 'åsa'.normalize('NFD'))])
    const found = await matchPatron({ koha, config: byUserid }, identity('åsa@demo.kvitt.example'))
    expect(found).toMatchObject({ kind: 'one', patron: { id: 7 } })
  })

  it('compares mail without case and with accents', async () => {
    const byMail = rules([{ by: 'email', from: mail, withoutScope: false }])
    const { koha } = kohaWith([patronOf(7, 'a', { email: 'ÅSA@demo.kvitt.example' })])
    const same = await matchPatron(
      { koha, config: byMail },
      identity('x', { [mail]: 'åsa@demo.kvitt.example' }),
    )
    const other = await matchPatron(
      { koha, config: byMail },
      identity('x', { [mail]: 'asa@demo.kvitt.example' }),
    )
    expect([same.kind, other.kind]).toEqual(['one', 'none'])
  })

  it('asks nothing for an attribute that did not come, that is empty, or that is all scope', async () => {
    const { koha, asked } = kohaWith([patronOf(1, '')])
    const found = await Promise.all(
      [{}, { [eppn]: '' }, { [eppn]: '@demo.kvitt.example' }].map((attributes) =>
        matchPatron(
          { koha, config: rules(demoMatch.slice(0, 1)) },
          identity('x', attributes as Record<string, string>),
        ),
      ),
    )
    expect(found).toEqual([{ kind: 'none' }, { kind: 'none' }, { kind: 'none' }])
    expect(asked).toEqual([])
  })

  it('reads attributes by their own name only: a rule from "constructor" finds nothing', async () => {
    const { koha, asked } = kohaWith([])
    const odd = rules([{ by: 'userid', from: 'constructor', withoutScope: false }])
    expect(await matchPatron({ koha, config: odd }, identity('x'))).toEqual({ kind: 'none' })
    expect(asked).toEqual([])
  })

  it('says that Koha is silent and asks no further rule: a later one could find somebody else', async () => {
    const asked: PatronKey[] = []
    const koha = {
      findPatrons: async (key: PatronKey): Promise<Answer<Patron[]>> => {
        asked.push(key)
        return { ok: false, trouble: { kind: 'timeout', message: 'no answer in 8 s' } }
      },
    }
    const found = await matchPatron({ koha, config: demo }, identity('elsa@demo.kvitt.example'))
    expect(found).toMatchObject({ kind: 'koha-silent', trouble: { kind: 'timeout' } })
    expect(asked).toHaveLength(1)
  })
})
