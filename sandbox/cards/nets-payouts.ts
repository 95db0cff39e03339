import { createHash } from 'node:crypto'
import type { CardWorld } from './world.ts'

/**
 * Nets Easy's payout report: one payout for each day (UTC) and currency in which money moved.
 * The arithmetic amount = charged - refunded - fees is made up so that the numbers agree; Nexi does not say.
 */

/** 1.26 per cent of each charge. */
const FEE_SHARE = 0.0126

interface PaymentAction {
  id: string
  paymentId: string
  paymentAction: 'Charge' | 'Refund'
  paymentMethod: string
  paymentType: string
  timestamp: string
  reference: string
  invoiceNumber: string
  amount: number
  vatAmount: number
  currency: string
  fee: number
  flexibleFee: number
  fixedFee: number
  feeVATpercent: number
  feeTaxRate: number
  feeTaxAmount: number
  transactionTaxDetails: never[]
  subscriptionId: string
}

export interface Payout {
  id: string
  reference: string
  date: string
  bankAccountIban: string
  bankAccountBic: string
  currency: string
  amount: number
  chargedAmount: number
  refundedAmount: number
  depositedAmount: number
  fees: number
  feeVATpercent: number
  feeTaxRate: number
  feeTaxAmount: number
  transactionTaxDetails: never[]
}

/** All payouts with their actions, oldest first. Dates are YYYY-MM-DD. */
export function payouts(world: CardWorld): { payout: Payout; actions: PaymentAction[] }[] {
  const days = Map.groupBy(
    paymentActions(world),
    ({ timestamp, currency }) => `${timestamp.slice(0, 10)} ${currency}`,
  )
  return [...days]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, actions]) => {
      const [date = '', currency = ''] = key.split(' ')
      return { payout: payoutOf(world, date, currency, actions), actions }
    })
}

function payoutOf(world: CardWorld, date: string, currency: string, actions: PaymentAction[]): Payout {
  const { merchantNumber } = world.options.nets
  const total = (of: PaymentAction['paymentAction']) =>
    actions.filter(({ paymentAction }) => paymentAction === of).reduce((sum, { amount }) => sum + amount, 0)
  const fees = actions.reduce((sum, { fee }) => sum + fee, 0)
  const chargedAmount = total('Charge')
  const refundedAmount = total('Refund')
  return {
    id: uuidOf(`${merchantNumber} ${date} ${currency}`),
    reference: `NEXI ${date.replaceAll('-', '')} ${merchantNumber}`,
    date,
    bankAccountIban: 'SE0000000000000000000000',
    bankAccountBic: 'XXXXSESS',
    currency,
    amount: chargedAmount - refundedAmount - fees,
    chargedAmount,
    refundedAmount,
    depositedAmount: 0,
    fees,
    feeVATpercent: 0,
    feeTaxRate: 0,
    feeTaxAmount: 0,
    transactionTaxDetails: [],
  }
}

function paymentActions(world: CardWorld): PaymentAction[] {
  const nets = [...world.payments.values()].filter(({ provider }) => provider === 'nets-easy')
  return nets
    .flatMap((payment) => {
      const common = {
        paymentId: payment.id,
        paymentMethod: payment.method?.name ?? '',
        paymentType: payment.method?.type ?? '',
        reference: payment.reference,
        invoiceNumber: '',
        vatAmount: 0,
        currency: payment.currency,
        fixedFee: 0,
        feeVATpercent: 0,
        feeTaxRate: 0,
        feeTaxAmount: 0,
        transactionTaxDetails: [],
        subscriptionId: '',
      }
      const charges = payment.charges.map(({ id, amount, at }): PaymentAction => {
        const fee = Math.round(amount * FEE_SHARE)
        return {
          ...common,
          id,
          paymentAction: 'Charge',
          timestamp: seconds(at),
          amount,
          fee,
          flexibleFee: fee,
        }
      })
      const refunds = payment.refunds
        .filter(({ state }) => state === 'Completed')
        .map(({ id, amount, at }): PaymentAction => {
          return {
            ...common,
            id,
            paymentAction: 'Refund',
            timestamp: seconds(at),
            amount,
            fee: 0,
            flexibleFee: 0,
          }
        })
      return [...charges, ...refunds]
    })
    .sort((a, b) => a.timestamp.localeCompare(b.timestamp))
}

function seconds(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
