import type { Answer } from '../../base/answer.ts'
import { localDay } from '../../base/calendar.ts'
import type { Ore } from '../../base/money.ts'
import type { Item, Library, Patron } from '../../outside/ports/koha.ts'
import type { Uses } from '../../work/context.ts'
import { byDate, type Debt, type HeldDebt, seeDebt } from './debt.ts'

/** What a patron owes, as Koha says it at this moment. */
export interface DebtsShown {
  patron: Patron
  debts: Debt[]
  /** What the library owes the patron and no debt has consumed, öre. */
  unusedCredit: Ore
  libraries: Map<string, Library>
}

/**
 * Reads a patron's debts from Koha, never from a copy of ours: money is not taken against an old list.
 * `held` are the debts that payments hold. An account or items that cannot be read are a Trouble (the item decides the
 * coding); library names that cannot be read are left out. Undefined when Koha has no such patron.
 */
export async function showDebts(
  { koha, config, clock }: Uses<'koha' | 'config' | 'clock'>,
  patronId: number,
  held: HeldDebt[],
): Promise<Answer<DebtsShown | undefined>> {
  const [patron, account, libraries] = await Promise.all([
    koha.patron(patronId),
    koha.account(patronId),
    koha.libraries(),
  ])
  if (!patron.ok) return patron
  if (!account.ok) return account
  if (!patron.value) return { ok: true, value: undefined }

  const itemIds = new Set(account.value.debits.map((debit) => debit.itemId).filter((id) => id !== null))
  const items = itemIds.size === 0 ? undefined : await koha.items([...itemIds])
  if (items && !items.ok) return items

  const around = {
    items: new Map<number, Item>((items?.value ?? []).map((item) => [item.id, item])),
    held: new Map(held.map((debt) => [debt.debitId, debt])),
    patronLibraryId: patron.value.libraryId,
    today: localDay(clock.now()),
  }
  const rules = { coding: config.coding, neededParts: config.neededParts, ...config.debts }
  return {
    ok: true,
    value: {
      patron: patron.value,
      debts: account.value.debits.map((debit) => seeDebt(debit, around, rules)).sort(byDate),
      unusedCredit: account.value.unusedCredit,
      libraries: new Map((libraries.ok ? libraries.value : []).map((library) => [library.id, library])),
    },
  }
}
