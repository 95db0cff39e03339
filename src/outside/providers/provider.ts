import { z } from 'zod'
import type { PaymentProvider } from '../ports/provider.ts'

/** What an adapter may use beside its own settings. */
export interface ProviderTools {
  now: () => Date
}

export interface KnownProvider {
  settings: z.ZodType
  /** How many minutes a started payment must be payable at least, where the company demands it. */
  leastCheckoutMinutes?: number
  /** Takes the settings as read from the configuration; throws a ZodError when they were never checked. */
  create: (settings: unknown, tools: ProviderTools) => PaymentProvider
}

/** Returns one entry of the list: ties a schema to the function that takes what the schema lets through. */
export function provider<Schema extends z.ZodType>(
  settings: Schema,
  create: (settings: z.output<Schema>, tools: ProviderTools) => PaymentProvider,
  demands: Pick<KnownProvider, 'leastCheckoutMinutes'> = {},
): KnownProvider {
  return { ...demands, settings, create: (raw, tools) => create(settings.parse(raw), tools) }
}

/** An http(s) address without a final slash. */
export const apiAddress = z.url({ protocol: /^https?$/ }).refine((address) => !address.endsWith('/'), {
  message: 'must not end with a slash',
})

/** An origin such as https://checkout.example: no path, no final slash. */
export const origin = z
  .url({ protocol: /^https?$/ })
  .refine((address) => URL.canParse(address) && new URL(address).origin === address, {
    message: 'must be an origin: scheme and host, nothing after',
  })

export const secretText = z.string().trim().min(8).meta({ secret: true })

export const answerSeconds = z
  .number()
  .min(0.05)
  .max(120)
  .default(15)
  .describe('How long one call may take before its outcome counts as unknown.')
