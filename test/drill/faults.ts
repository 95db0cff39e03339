import type { Fault } from './drill.ts'
import { clockFaults } from './faults/clock.ts'
import { debtFaults } from './faults/debts.ts'
import { diskFaults } from './faults/disk.ts'
import { kohaFaults } from './faults/koha.ts'
import { machineFaults } from './faults/machine.ts'
import { officeFaults } from './faults/office.ts'
import { peopleFaults } from './faults/people.ts'
import { providerFaults } from './faults/provider.ts'
import { refundFaults } from './faults/refunds.ts'
import { stripeFaults } from './faults/stripe.ts'
import { webhookFaults } from './faults/webhooks.ts'

/** Every named fault, in the order of a payment's way; the other card company last. */
export const groups: Record<string, Fault[]> = {
  'Webhooks and browsers': webhookFaults,
  'The card company': providerFaults,
  'Debts and forms': debtFaults,
  Koha: kohaFaults,
  'Money back': refundFaults,
  'Mail and sign-in': peopleFaults,
  'Processes and the database': machineFaults,
  Clocks: clockFaults,
  'The disk': diskFaults,
  'The economy office, and the years': officeFaults,
  'Stripe, and disputes': stripeFaults,
}

export const faults: Fault[] = Object.values(groups).flat()
