/** The one currency of an installation, as ISO 4217 names it. */
export const CURRENCY = 'SEK'
export type Currency = typeof CURRENCY

/** What people write after a sum. */
export const CURRENCY_SIGN = 'kr'

/** Whole öre. The only unit in which Kvitt counts, stores and compares money. */
export type Ore = number & { readonly __unit: 'öre' }

const LARGEST = Number.MAX_SAFE_INTEGER

/** Marks a number as öre. Throws on anything but a safe whole number: a fraction of an öre is a bug, not a case. */
export function ore(amount: number): Ore {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`Not a whole number of öre: ${amount}`)
  return (amount === 0 ? 0 : amount) as Ore
}

export const nothing = ore(0)

/**
 * Returns Koha's JSON number of kronor (a binary float, six decimals possible) as öre, by rounding. Truncating loses
 * an öre on 4.6 % of all amounts: 19.99 * 100 is 1998.9999999999998. Returns undefined for what is not a finite,
 * countable amount.
 */
export function oreFromKronor(kronor: number): Ore | undefined {
  const rounded = Math.round(Math.abs(kronor) * 100)
  if (!Number.isFinite(rounded) || rounded > LARGEST) return undefined
  return ore(kronor < 0 ? -rounded : rounded)
}

/** Öre as the number of kronor that Koha wants in JSON. The shortest decimal that reads back as the same öre. */
export function kronorFromOre(amount: Ore): number {
  return amount / 100
}

/**
 * Returns a decimal text of kronor ("10", "10.5", "10,50") as öre; undefined when it is no amount with at most two
 * decimals.
 */
export function oreFromText(text: string): Ore | undefined {
  const match = /^(-?)(\d{1,12})(?:[.,](\d{1,2}))?$/.exec(text.replace(/[\s\u00a0\u202f]/g, ''))
  if (!match) return undefined
  const [, sign, kronor, decimals = ''] = match
  const amount = Number(kronor) * 100 + Number(decimals.padEnd(2, '0'))
  return ore(sign ? -amount : amount)
}

/** Öre for files and machines: point, two decimals, no thousands mark ("1234.50", "-0.05"). */
export function decimalText(amount: Ore): string {
  const digits = String(Math.abs(amount)).padStart(3, '0')
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

export function sum(amounts: Iterable<Ore>): Ore {
  let total = 0
  for (const amount of amounts) total += amount
  return ore(total)
}

export function subtract(from: Ore, amount: Ore): Ore {
  return ore(from - amount)
}

export function negate(amount: Ore): Ore {
  return ore(-amount)
}

export function smaller(a: Ore, b: Ore): Ore {
  return a < b ? a : b
}
