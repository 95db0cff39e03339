import { nothing, type Ore, ore, smaller, subtract, sum } from '../../base/money.ts'

/**
 * What can be given back of a line, öre. `surplus` paid nothing in Koha, because the debt had shrunk; `income` was
 * credited there and belongs to the line's account.
 */
export interface Pot {
  lineId: number
  surplus: Ore
  income: Ore
}

/** What a refund gives back of a line; the same two kinds. */
export type Share = Pot

/** What is left of each line when surpluses are set apart and earlier refunds taken away. Never below nothing. */
export function refundableByLine(
  lines: { id: number; amount: Ore }[],
  surplus: { lineId: number; amount: Ore }[],
  taken: Share[],
): Pot[] {
  return lines.map(({ id, amount }) => {
    const over = sum(surplus.filter(({ lineId }) => lineId === id).map((one) => one.amount))
    const gone = taken.filter(({ lineId }) => lineId === id)
    return {
      lineId: id,
      surplus: atLeastNothing(subtract(over, sum(gone.map((share) => share.surplus)))),
      income: atLeastNothing(subtract(subtract(amount, over), sum(gone.map((share) => share.income)))),
    }
  })
}

/** Öre in the pots. */
export function sumOfPots(pots: Pot[]): Ore {
  return sum(pots.flatMap(({ surplus, income }) => [surplus, income]))
}

/**
 * Shares a sum over the lines so that no öre is lost: the surplus first, which is owed to the payer anyway, then in
 * proportion to what is left of each line. Undefined when the pots do not hold so much.
 */
export function shareOut(amount: Ore, pots: Pot[]): Share[] | undefined {
  if (amount <= 0 || amount > sumOfPots(pots)) return undefined
  const surplus = pots.map((pot) => pot.surplus)
  const income = pots.map((pot) => pot.income)
  const ofSurplus = smaller(amount, sum(surplus))
  const surplusShares = byLargestRemainder(ofSurplus, surplus)
  const incomeShares = byLargestRemainder(subtract(amount, ofSurplus), income)
  return pots
    .map(({ lineId }, at) => ({
      lineId,
      surplus: surplusShares[at] ?? nothing,
      income: incomeShares[at] ?? nothing,
    }))
    .filter(hasSomething)
}

/** So much of each of these lines, its surplus first. Undefined when a line is not there or does not hold so much. */
export function sharesOfLines(chosen: { lineId: number; amount: Ore }[], pots: Pot[]): Share[] | undefined {
  const once = new Set(chosen.map(({ lineId }) => lineId)).size === chosen.length
  const shares = chosen.map(({ lineId, amount }) => {
    const pot = pots.find((one) => one.lineId === lineId)
    if (!pot || amount <= 0 || amount > pot.surplus + pot.income) return undefined
    const surplus = smaller(amount, pot.surplus)
    return { lineId, surplus, income: subtract(amount, surplus) }
  })
  return once && shares.length > 0 && shares.every((share) => share !== undefined) ? shares : undefined
}

/**
 * Parts of a whole in proportion to weights, in whole öre: each gets its quota rounded down, and what is left goes, an
 * öre each, to the largest fractions (Hamilton's method). No part is larger than its weight while the amount is not
 * larger than their sum. Counted in whole numbers: öre times öre is beyond what a double holds.
 */
export function byLargestRemainder(amount: Ore, weights: Ore[]): Ore[] {
  const total = BigInt(sum(weights))
  if (amount === 0 || total === 0n) return weights.map(() => nothing)
  const quotas = weights.map((weight, at) => {
    const product = BigInt(amount) * BigInt(weight)
    return { at, whole: product / total, fraction: product % total }
  })
  const left = Number(BigInt(amount) - quotas.reduce((all, { whole }) => all + whole, 0n))
  const largestFractions = quotas
    .toSorted((a, b) => (a.fraction === b.fraction ? a.at - b.at : a.fraction > b.fraction ? -1 : 1))
    .slice(0, left)
  const roundedUp = new Set(largestFractions.map(({ at }) => at))
  return quotas.map(({ at, whole }) => ore(Number(whole) + (roundedUp.has(at) ? 1 : 0)))
}

function hasSomething({ surplus, income }: Share): boolean {
  return surplus + income > 0
}

function atLeastNothing(amount: Ore): Ore {
  return amount < 0 ? nothing : amount
}
