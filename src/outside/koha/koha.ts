import type { Koha } from '../ports/koha.ts'
import { account } from './account.ts'
import { createClient, type KohaSettings } from './client.ts'
import { creditsWithReference } from './credits.ts'
import { debitsWithReference } from './debits.ts'
import { items } from './items.ts'
import { libraries } from './libraries.ts'
import { validatePassword } from './passwords.ts'
import { findPatrons, patron } from './patrons.ts'
import { postCredit } from './post-credit.ts'
import { postDebit } from './post-debit.ts'
import { tryOut } from './try-out.ts'

/**
 * Returns Koha's REST API (23.05 or later) behind the port. Keeps one token and a few connections; logs nothing, and
 * no trouble that it reports holds a key, a name or what Koha wrote.
 */
export function createKoha(settings: KohaSettings, clock = { now: () => new Date() }): Koha {
  const client = createClient(settings, clock)
  return {
    tryOut: () => tryOut(client, settings.defaultLibrary),
    findPatrons: (key) => findPatrons(client, key),
    patron: (id) => patron(client, id),
    validatePassword: (cardNumber, password) => validatePassword(client, cardNumber, password),
    account: (patronId) => account(client, patronId),
    items: (ids) => items(client, ids),
    libraries: () => libraries(client),
    creditsWithReference: (patronId, reference) => creditsWithReference(client, patronId, reference),
    postCredit: (credit) => postCredit(client, credit),
    debitsWithReference: (patronId, reference) => debitsWithReference(client, patronId, reference),
    postDebit: (debit) => postDebit(client, debit),
  }
}
