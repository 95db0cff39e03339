import type { Exchanged } from '../../../sandbox/koha/api/api-router.ts'
import { type SandboxKoha, sandboxKey, startSandboxKoha } from '../../../sandbox/koha/sandbox-koha.ts'
import { ore } from '../../../src/base/money.ts'
import type { KohaSettings } from '../../../src/outside/koha/client.ts'
import { createKoha } from '../../../src/outside/koha/koha.ts'
import type { Koha, NewCredit, NewDebit } from '../../../src/outside/ports/koha.ts'
import { smallSeed } from './small-seed.ts'

export const oauth = {
  kind: 'oauth',
  clientId: sandboxKey.clientId,
  clientSecret: sandboxKey.clientSecret,
} as const

/** Settings towards an API's address. */
export function settingsFor(url: string, more: Partial<KohaSettings> = {}): KohaSettings {
  return { url, auth: oauth, readSeconds: 10, writeSeconds: 10, ...more }
}

export interface KohaForTests extends SandboxKoha {
  koha: Koha
  exchanged: Exchanged[]
}

/** The sandbox with few people, our client in front of it, and everything that passed between them. */
export async function startKoha(
  more: Partial<KohaSettings> = {},
  clock?: { now(): Date },
): Promise<KohaForTests> {
  const exchanged: Exchanged[] = []
  const sandbox = await startSandboxKoha({
    seed: smallSeed,
    onExchange: (one) => exchanged.push(one),
    ...(clock && { now: () => clock.now() }),
  })
  const koha = createKoha(settingsFor(sandbox.apiUrl, more), clock)
  return { ...sandbox, koha, exchanged }
}

/** Elsa pays all she owes, unless told otherwise. */
export function elsasCredit(more: Partial<NewCredit> = {}): NewCredit {
  return {
    patronId: 1,
    amount: ore(88_600),
    debitIds: [101, 102, 103],
    libraryId: 'EKO',
    paymentType: 'KVITT',
    reference: 'KV-7F3K-2M',
    note: 'Nexi Checkout',
    ...more,
  }
}

/** What Elsa owes again when her payment has been given back. */
export function elsasDebit(more: Partial<NewDebit> = {}): NewDebit {
  return {
    patronId: 1,
    amount: ore(16_000),
    type: 'MANUAL',
    libraryId: 'EKO',
    itemId: null,
    reference: 'KV-7F3K-2M-R1',
    note: 'OVERDUE of KV-7F3K-2M is refunded',
    ...more,
  }
}
