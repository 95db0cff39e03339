/** Koha's DECIMAL(28,6) as whole millionths of a krona. Fractions of an öre do occur. */
export type Millionths = number

export function fromKronor(kronor: number): Millionths {
  return Math.round(kronor * 1_000_000)
}

/** As Koha sends it: the decimal column plus 0.00, so a binary float (Koha/Object.pm). */
export function toKronor(amount: Millionths): number {
  return amount / 1_000_000
}

/** A row of accountlines. Amounts of credits are negative, as Koha stores and sends them. */
export interface Line {
  id: number
  patronId: number
  kind: 'debit' | 'credit'
  type: string
  status: string | null
  amount: Millionths
  outstanding: Millionths
  description: string | null
  note: string | null
  /** ISO date-time with the zone of Stockholm. */
  date: string
  timestamp: string
  itemId: number | null
  libraryId: string | null
  userId: number | null
  paymentType: string | null
  interface: 'api' | 'cron' | 'intranet'
}

/** A row of account_offsets: what a credit has done to a debit. The REST API does not show these. */
export interface Offset {
  creditId: number
  debitId: number
  amount: Millionths
}

/**
 * Lets a credit pay debits in the given order until one of both is used up (Koha/Account/Line.pm, apply).
 * Throws for a line that is a credit, as Koha does, before anything is changed.
 */
export function apply(credit: Line, debits: Line[]): Offset[] {
  if (debits.some((line) => line.kind === 'credit')) throw new NotADebit()
  const offsets: Offset[] = []
  for (const debit of debits) {
    const amount = Math.min(-credit.outstanding, debit.outstanding)
    if (credit.outstanding === 0) break
    credit.outstanding += amount
    debit.outstanding -= amount
    // A line that is paid already gets an offset of nothing, and no error.
    offsets.push({ creditId: credit.id, debitId: debit.id, amount })
  }
  return offsets
}

export class NotADebit extends Error {}

const stockholm = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Stockholm',
  dateStyle: 'short',
  timeStyle: 'medium',
})
const offsetName = new Intl.DateTimeFormat('en', {
  timeZone: 'Europe/Stockholm',
  timeZoneName: 'longOffset',
})

/** An instant as Koha writes it, RFC 3339 in the server's zone: 2026-09-18T14:03:22+02:00 */
export function kohaTime(instant: Date): string {
  const zone = offsetName.formatToParts(instant).find((part) => part.type === 'timeZoneName')
  return `${stockholm.format(instant).replace(' ', 'T')}${zone?.value.replace('GMT', '') || '+00:00'}`
}
