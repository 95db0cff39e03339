import type { SandboxCards } from '../cards/server.ts'
import type { SandboxKoha } from '../koha/sandbox-koha.ts'

/** What the card company has and what Koha has, öre. They hold only what they saw; nothing is asked of the product. */
export interface Money {
  payments: number
  charged: number
  givenBack: number
  credited: number
  owedAgain: number
  /** Payments of which the two do not agree (yet): what the company has kept less what Koha counts as paid. */
  apart: { reference: string; difference: number }[]
}

/** Koha's amounts have six decimals. */
const MICRO_IN_ORE = 10_000

export function compareMoney({ cards, koha }: { cards: SandboxCards; koha: SandboxKoha }): Money {
  const lines = [...koha.world.tables.lines.values()]
  const inKoha = (kind: 'credit' | 'debit', reference: string) =>
    lines
      .filter((line) => line.kind === kind && names(line.description, reference))
      .reduce((sum, { amount }) => sum + Math.abs(amount) / MICRO_IN_ORE, 0)

  const money: Money = { payments: 0, charged: 0, givenBack: 0, credited: 0, owedAgain: 0, apart: [] }
  for (const { reference, charges, refunds } of cards.world.payments.values()) {
    if (charges.length === 0) continue
    const charged = sum(charges)
    const givenBack = sum(refunds.filter(({ state }) => state === 'Completed'))
    const credited = inKoha('credit', reference)
    const owedAgain = inKoha('debit', reference)
    money.payments += 1
    money.charged += charged
    money.givenBack += givenBack
    money.credited += credited
    money.owedAgain += owedAgain
    const difference = charged - givenBack - (credited - owedAgain)
    if (difference !== 0) money.apart.push({ reference, difference })
  }
  return money
}

function sum(amounts: { amount: number }[]): number {
  return amounts.reduce((total, { amount }) => total + amount, 0)
}

/** The payment's own reference, or one of the numbered ones that follow it. */
function names(description: string | null, reference: string): boolean {
  return (
    description?.split(/\s+/).some((word) => word === reference || word.startsWith(`${reference}-`)) ?? false
  )
}
