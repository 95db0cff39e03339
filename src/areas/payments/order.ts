import type { Language } from '../../base/language.ts'
import { CURRENCY, type Ore } from '../../base/money.ts'
import type { Config } from '../../config/load.ts'
import type { Order } from '../../outside/ports/provider.ts'
import { debtName } from '../debts/debt-names.ts'
import type { Coding } from '../ledger/coding.ts'

export interface Orderable {
  reference: string
  amount: Ore
  language: Language
  provider: string
  expiresAt: Date
  lines: { amount: Ore; debitType: string; coding: Coding }[]
}

/**
 * What the provider is told: sums, fee types and our coding, so that income can be followed in its reports. Who pays
 * and what they have borrowed stays here.
 */
export function orderOf(payment: Orderable, config: Config): Order {
  const { baseUrl } = config.service
  const page = `${baseUrl}/payments/${payment.reference}`
  return {
    reference: payment.reference,
    lines: payment.lines.map((line) => ({
      reference: codeString(line.coding),
      name: debtName(line.debitType, payment.language, config.debts.names),
      amount: line.amount,
    })),
    total: payment.amount,
    currency: CURRENCY,
    language: payment.language,
    returnUrl: `${page}/return`,
    cancelUrl: `${page}/given-up`,
    termsUrl: `${baseUrl}/terms`,
    webhookUrl: `${baseUrl}/webhooks/${payment.provider}`,
    publicDevice: config.payments.publicDevices,
    expiresAt: payment.expiresAt.toISOString(),
  }
}

/** "31900.600110.70": account, cost centre and what else the code string has, in its order. */
function codeString({ account, costCentre, activity, project, counterparty }: Coding): string {
  return [account, costCentre, activity, project, counterparty].filter((part) => part !== null).join('.')
}
