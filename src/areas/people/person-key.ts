import type { PersonKey } from './session-store.ts'

/**
 * Whom an operator means: an identifier as the university gives it, or `koha:` and Koha's patron number, which is also how
 * those are called who sign in by card. Undefined for nothing.
 */
export function personIn(typed: string): PersonKey | undefined {
  const id = typed.trim().normalize('NFC')
  if (id === '') return undefined
  const patron = /^koha:(\d{1,9})$/.exec(id)?.[1]
  return patron === undefined ? { id } : { id, patronId: Number(patron) }
}
