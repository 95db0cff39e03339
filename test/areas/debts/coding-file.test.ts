import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { libraries } from '../../../sandbox/koha/cast-libraries.ts'
import { codingFor } from '../../../src/areas/debts/coding.ts'
import { readCodingRules } from '../../../src/areas/debts/coding-file.ts'
import { quietConfig } from '../../support/books.ts'

const { codeString } = quietConfig().economy

function read(rules: object[]) {
  return readCodingRules({ rules }, codeString, 'coding.yaml')
}

describe('the coding file', () => {
  it('is read as rules: numbers as codes, notes left to people', () => {
    const { rules, faults } = read([{ debtType: 'OVERDUE', from: '2026-01-01', account: 31900, note: 'sen' }])
    expect(faults).toEqual([])
    expect(rules).toEqual([
      {
        debtType: 'OVERDUE',
        library: undefined,
        itemType: undefined,
        from: '2026-01-01',
        to: undefined,
        sets: { account: '31900' },
      },
    ])
  })

  it.each([
    [
      'a misspelt part',
      { from: '2026-01-01', costCenter: '600110' },
      /rule 1: Unrecognized key: "costCenter"/,
    ],
    ['no first day', { account: '31900' }, /rule 1, from/],
    ['a day that does not exist', { from: '2026-02-30', account: '31900' }, /rule 1, from/],
    [
      'an account in letters',
      { from: '2026-01-01', account: 'A1' },
      /rule 1, account: must be an account number/,
    ],
    ['a VAT category of its own', { from: '2026-01-01', vat: '25' }, /rule 1, vat/],
    [
      'an end before its beginning',
      { from: '2026-02-01', to: '2026-01-01', vat: 'O' },
      /rule 1: ends before it begins/,
    ],
    ['nothing that it sets', { from: '2026-01-01', library: 'BIO' }, /rule 1: sets nothing/],
    [
      'a cost centre of another form',
      { from: '2026-01-01', costCentre: '60011' },
      /rule 1: costCentre "60011" is not of the form/,
    ],
    [
      'a part that the code string lacks',
      { from: '2026-01-01', counterparty: '4000' },
      /rule 1: sets counterparty, which/,
    ],
  ])('is refused with %s', (_story, rule, fault) => {
    const { faults } = read([rule])
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(fault)
  })

  it('tells every fault at once, and each rule by its place', () => {
    const { faults } = read([
      { from: '2026-01-01', library: 'BIO' },
      { from: '2026-01-01', library: 'BIO', costCentre: '600110' },
      { from: '2026-06-01', library: 'BIO', costCentre: '600120' },
    ])
    expect(faults).toEqual([
      'coding.yaml: rule 1: sets nothing',
      'coding.yaml: rules 2 and 3 hold for the same debts on the same day and disagree',
    ])
  })

  it.each([[undefined], [null], ['rules'], [{}], [{ rules: [] }]])('is refused when it is %j', (tree) => {
    expect(readCodingRules(tree, codeString, 'coding.yaml').faults.length).toBeGreaterThan(0)
  })
})

describe('coding.example.yaml', () => {
  const file = new URL('../../../coding.example.yaml', import.meta.url)
  const { rules, faults } = readCodingRules(
    parse(readFileSync(file, 'utf8')),
    codeString,
    'coding.example.yaml',
  )

  it('has no fault', () => {
    expect(faults).toEqual([])
  })

  const types = ['OVERDUE', 'LOST', 'PROCESSING', 'MANUAL', 'NEW_CARD', 'RENT', 'RESERVE_EXPIRED']
  it.each(types)('codes %s at each of the five libraries', (debtType) => {
    for (const { id: libraryId } of libraries) {
      expect(
        codingFor(rules, { debtType, libraryId, itemType: 'BOK' }, '2026-11-20', ['activity']),
      ).toBeDefined()
    }
  })
})
