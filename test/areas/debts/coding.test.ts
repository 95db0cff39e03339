import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CodingRule, codingFor, contradictoryRules } from '../../../src/areas/debts/coding.ts'

const always = '2026-01-01'
const rules: CodingRule[] = [
  { from: always, sets: { activity: '70', vat: 'O' } },
  { debtType: 'OVERDUE', from: always, sets: { account: '31900' } },
  { debtType: 'LOST', from: always, sets: { account: '31910' } },
  { library: 'BIO', from: always, sets: { costCentre: '600130' } },
  { library: 'KON', from: always, to: '2026-12-31', sets: { costCentre: '600150' } },
  { library: 'KON', from: '2027-01-01', sets: { costCentre: '600110' } },
  { itemType: 'KORT', from: always, sets: { project: 'B26001' } },
  { debtType: 'LOST', library: 'BIO', from: always, sets: { project: 'B26002' } },
]
const elsasBook = { debtType: 'LOST', libraryId: 'BIO', itemType: 'BOK' }
const today = '2026-11-20'

describe('the coding of a debt', () => {
  it('takes each part from the most specific rule that sets it', () => {
    expect(codingFor(rules, elsasBook, today)).toEqual({
      account: '31910',
      costCentre: '600130',
      activity: '70',
      project: 'B26002',
      counterparty: null,
      vat: 'O',
    })
  })

  it.each([
    [
      'the item type alone gives a project',
      { debtType: 'OVERDUE', libraryId: 'KON', itemType: 'KORT' },
      'B26001',
    ],
    ['debt type and library weigh more than item type', { ...elsasBook, itemType: 'KORT' }, 'B26002'],
    ['no rule, no project', { debtType: 'OVERDUE', libraryId: 'BIO', itemType: 'BOK' }, null],
  ])('%s', (_story, debt, project) => {
    expect(codingFor(rules, debt, today)?.project).toBe(project)
  })

  it.each([
    ['2025-12-31', undefined],
    ['2026-01-01', '600150'],
    ['2026-12-31', '600150'],
    ['2027-01-01', '600110'],
    ['2040-06-01', '600110'],
  ])('on %s Konstbiblioteket earns for %s', (day, costCentre) => {
    const debt = { debtType: 'OVERDUE', libraryId: 'KON', itemType: null }
    expect(codingFor(rules, debt, day)?.costCentre).toBe(costCentre)
  })

  it.each([
    ['a debt type that nobody has named', { ...elsasBook, debtType: 'HITTEPÅ' }],
    ['a library that nobody has named', { ...elsasBook, libraryId: 'NYA' }],
    ['no library at all', { ...elsasBook, libraryId: null }],
    ['a library code in other letters', { ...elsasBook, libraryId: 'bio' }],
  ])('is never guessed: %s', (_story, debt) => {
    expect(codingFor(rules, debt, today)).toBeUndefined()
  })

  it('is missing when a part is that the economy system refuses to be without', () => {
    const debt = { debtType: 'OVERDUE', libraryId: 'BIO', itemType: 'BOK' }
    expect(codingFor(rules, debt, today, ['activity'])).toBeDefined()
    expect(codingFor(rules, debt, today, ['project'])).toBeUndefined()
  })

  it('is missing when two equally specific rules disagree', () => {
    const other: CodingRule = { library: 'BIO', from: always, sets: { costCentre: '600999' } }
    expect(codingFor([...rules, other], elsasBook, today)).toBeUndefined()
    const same: CodingRule = { library: 'BIO', from: always, sets: { costCentre: '600130' } }
    expect(codingFor([...rules, same], elsasBook, today)).toBeDefined()
  })

  it('does not depend on the order of the rules', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(rules, { minLength: rules.length }), anyDebt, (shuffled, debt) => {
        expect(codingFor(shuffled, debt, today)).toEqual(codingFor(rules, debt, today))
      }),
    )
  })

  it('holds only what some rule for that debt and day has set', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 12 }), anyDebt, anyDay, (made, debt, day) => {
        const coding = codingFor(made, debt, day)
        if (!coding) return
        for (const [part, value] of Object.entries(coding)) {
          const said = made.some(
            ({ debtType, library, itemType, from, to, sets }) =>
              sets[part as keyof typeof sets] === value &&
              (debtType ?? debt.debtType) === debt.debtType &&
              (library ?? debt.libraryId) === debt.libraryId &&
              (itemType ?? debt.itemType) === debt.itemType &&
              from <= day &&
              day <= (to ?? day),
          )
          expect(value === null || said).toBe(true)
        }
      }),
    )
  })
})

describe('contradictions among rules', () => {
  it('are found between rules that hold for the same debts on a day', () => {
    const made: CodingRule[] = [
      { library: 'BIO', from: always, to: '2026-06-30', sets: { costCentre: '1' } },
      { library: 'BIO', from: '2026-06-30', sets: { costCentre: '2' } },
      { library: 'BIO', from: '2027-01-01', sets: { project: 'B1' } },
      { library: 'KON', from: always, sets: { costCentre: '3' } },
    ]
    expect(contradictoryRules(made)).toEqual([[0, 1]])
  })

  it('are none between the rules of the example', () => {
    expect(contradictoryRules(rules)).toEqual([])
  })

  it('are none when no debt on any day meets two answers', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 8 }), anyDebt, anyDay, (made, debt, day) => {
        if (contradictoryRules(made).length > 0) return
        // Equally specific rules that both match name the same things, so nothing but an unset part may be missing.
        const settled = made.filter(({ sets }) => sets.account && sets.costCentre && sets.vat)
        const whole = settled.some(
          ({ debtType, library, itemType, from, to }) =>
            (debtType ?? debt.debtType) === debt.debtType &&
            (library ?? debt.libraryId) === debt.libraryId &&
            (itemType ?? debt.itemType) === debt.itemType &&
            from <= day &&
            day <= (to ?? day),
        )
        if (whole) expect(codingFor(made, debt, day)).toBeDefined()
      }),
    )
  })
})

const anyDay = fc.constantFrom('2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01', '2027-01-01')
const anyDebt = fc.record({
  debtType: fc.constantFrom('OVERDUE', 'LOST', 'HITTEPÅ'),
  libraryId: fc.constantFrom('BIO', 'KON', null),
  itemType: fc.constantFrom('BOK', 'KORT', null),
})
const maybe = <T>(...values: T[]) => fc.constantFrom(undefined, ...values)
const anyRule: fc.Arbitrary<CodingRule> = fc
  .record({
    debtType: maybe('OVERDUE', 'LOST'),
    library: maybe('BIO', 'KON'),
    itemType: maybe('BOK', 'KORT'),
    from: fc.constantFrom('2025-01-01', '2026-01-01', '2026-07-01'),
    to: maybe('2026-06-30', '2026-12-31'),
    account: maybe('31900', '31910'),
    costCentre: maybe('600110', '600130'),
    project: maybe('B26001'),
    vat: maybe('O' as const, 'E' as const),
  })
  .map(({ account, costCentre, project, vat, ...named }) => ({
    ...named,
    sets: Object.fromEntries(
      Object.entries({ account, costCentre, project, vat }).filter(([, value]) => value !== undefined),
    ),
  }))
