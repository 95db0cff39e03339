import { fromKronor, kohaTime } from './lines.ts'
import type { Seed, SeedCredit, SeedDebit, SeedPatron } from './seed-types.ts'
import { insertLine, type Patron, type Tables } from './tables.ts'

const DAY = 86_400_000

/** Tables as the seed has them, its days counted back from now. */
export function fillTables(seed: Seed, now: () => Date): Tables {
  const start = now().getTime()
  const tables: Tables = {
    libraries: new Map(seed.libraries.map((library) => [library.id, library])),
    patrons: new Map(seed.patrons.map((patron) => [patron.id, patronFrom(patron, start)])),
    items: new Map(seed.items.map((item) => [item.id, { ...item, lostStatus: item.lostStatus ?? 0 }])),
    lines: new Map(),
    linesByPatron: new Map(),
    offsets: [],
    // Numbers that the seed gives are taken; the others come after them.
    lastLineId: Math.max(0, ...seed.debits.map((debit) => debit.id ?? 0)),
    now,
  }
  for (const debit of seed.debits) insertDebit(tables, debit, start)
  for (const credit of seed.credits) insertCredit(tables, credit, start)
  return tables
}

let lastAttributeId = 0

function patronFrom({ expiresInDays, ...patron }: SeedPatron, start: number): Patron {
  return {
    ...patron,
    expiresOn: expiresInDays === null ? null : kohaTime(new Date(start + expiresInDays * DAY)).slice(0, 10),
    restrictions: [...(patron.restrictions ?? [])],
    attributes: (patron.attributes ?? []).map((attribute) => ({ id: ++lastAttributeId, ...attribute })),
  }
}

function insertDebit(tables: Tables, debit: SeedDebit, start: number): void {
  const { id, daysAgo, amount, outstanding, ...rest } = debit
  const date = kohaTime(new Date(start - daysAgo * DAY))
  insertLine(tables, {
    ...rest,
    ...(id !== undefined && { id }),
    kind: 'debit',
    amount: fromKronor(amount),
    outstanding: fromKronor(outstanding ?? amount),
    interface: debit.libraryId === null ? 'cron' : 'intranet',
    date,
    timestamp: date,
  })
}

function insertCredit(tables: Tables, credit: SeedCredit, start: number): void {
  const { daysAgo, amount, unused, paid, ...rest } = credit
  const date = kohaTime(new Date(start - daysAgo * DAY))
  const line = insertLine(tables, {
    ...rest,
    kind: 'credit',
    amount: fromKronor(-amount),
    outstanding: fromKronor(-unused),
    interface: 'intranet',
    date,
    timestamp: date,
  })
  for (const part of paid) {
    tables.offsets.push({ creditId: line.id, debitId: part.debitId, amount: fromKronor(part.amount) })
  }
}
