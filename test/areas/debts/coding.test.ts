import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Codable,
  type CodingRule,
  codingFor,
  contradictoryRules,
} from '../../../src/areas/debts/coding.ts'

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
    let runs = 0
    let choices = 0
    fc.assert(
      fc.property(codable, ({ debt, day, made }) => {
        const matching = made.filter((rule) => holdsFor(rule, debt, day))
        const coding = codingFor(made, debt, day)
        expect(coding).toBeDefined()
        for (const [part, value] of Object.entries(coding ?? {}))
          expect([null, ...matching.map(({ sets }) => sets[part as keyof typeof sets])]).toContain(value)
        runs += 1
        if (matching.length > 1) choices += 1
      }),
      { numRuns: 300 },
    )
    // Where only one rule matches there is nothing to choose.
    expect(choices / runs).toBeGreaterThan(0.6)
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
    expect(contradictoryRules(rules.toReversed())).toEqual([])
  })

  it('are none when no debt on any day meets two answers', () => {
    let runs = 0
    let choices = 0
    fc.assert(
      fc.property(codable, ({ debt, day, made }) => {
        // One rule sets all that is needed, for each debt and day: only two answers could make it missing.
        expect(codingFor(made, debt, day)).toBeDefined()
        runs += 1
        const named = made.filter((rule) => holdsFor(rule, debt, day)).map(nameOf)
        if (new Set(named).size < named.length) choices += 1
      }),
      { numRuns: 300 },
    )
    // Rules that name the same could contradict each other.
    expect(choices / runs).toBeGreaterThan(0.2)
  })
})

function holdsFor(
  { debtType, library, itemType, from, to }: CodingRule,
  debt: Codable,
  day: string,
): boolean {
  return (
    (debtType ?? debt.debtType) === debt.debtType &&
    (library ?? debt.libraryId) === debt.libraryId &&
    (itemType ?? debt.itemType) === debt.itemType &&
    from <= day &&
    day <= (to ?? day)
  )
}

function nameOf({ debtType, library, itemType }: CodingRule): string {
  return [debtType, library, itemType].join()
}

const anyDebt = fc.record({
  debtType: fc.constantFrom('OVERDUE', 'LOST', 'HITTEPÅ'),
  libraryId: fc.constantFrom('BIO', 'KON', null),
  itemType: fc.constantFrom('BOK', 'KORT', null),
})
const anyDay = fc.constantFrom('2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01', '2027-01-01')
const maybe = <T>(...values: T[]) => fc.constantFrom(undefined, ...values)

/** A rule that names what the debt is, or nothing, or now and then something else; its dates often hold the day. */
function ruleNear({ debtType, libraryId, itemType }: Codable, day: string): fc.Arbitrary<CodingRule> {
  return fc
    .record({
      debtType: maybe(debtType, debtType, 'LOST'),
      library: maybe(libraryId ?? undefined, libraryId ?? undefined, 'BIO'),
      itemType: maybe(itemType ?? undefined, 'KORT'),
      from: fc.constantFrom('2025-01-01', day, '2026-01-01', '2026-07-01'),
      to: maybe(undefined, day, '2026-06-30', '2026-12-31'),
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
}

/** A debt, a day, and rules of which one sets all that is needed; the others are left out where they contradict it or each other. */
const codable = fc.tuple(anyDebt, anyDay).chain(([debt, day]) =>
  fc.array(ruleNear(debt, day), { minLength: 4, maxLength: 16 }).map((made) => {
    const kept: CodingRule[] = [
      { from: '2025-01-01', sets: { account: '31900', costCentre: '600110', vat: 'O' } },
    ]
    for (const rule of made) if (contradictoryRules([...kept, rule]).length === 0) kept.push(rule)
    return { debt, day, made: kept }
  }),
)
