import type { z } from 'zod'
import { settingsSchema } from './schema.ts'
import { type Fault, isTree, type Tree } from './tree.ts'

/** What the settings must know of a payment provider. */
export interface ProviderEntry {
  settings: z.ZodType
  /** How many minutes a started payment must be payable there at least. Left out: any number will do. */
  leastCheckoutMinutes?: number
}

/** Returns what is wrong between the sections payments and providers: each may be in order by itself. */
export function providerFaults({ payments, providers }: Tree, known: Record<string, ProviderEntry>): Fault[] {
  if (!isTree(payments) || typeof payments.provider !== 'string') return []
  const { provider, checkoutMinutes } = payments
  const faults: Fault[] = []
  if (!isTree(providers) || !isTree(providers[provider]))
    faults.push(`payments.provider: "${provider}" has no settings under providers`)
  const least = known[provider]?.leastCheckoutMinutes ?? 0
  const minutes = settingsSchema.shape.payments.shape.checkoutMinutes.safeParse(checkoutMinutes)
  if (minutes.success && minutes.data < least)
    faults.push(`payments.checkoutMinutes: must be at least ${least} with the provider "${provider}"`)
  return faults
}
