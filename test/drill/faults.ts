import type { Fault } from './drill.ts'
import { debtFaults } from './faults/debts.ts'
import { kohaFaults } from './faults/koha.ts'
import { machineFaults } from './faults/machine.ts'
import { providerFaults } from './faults/provider.ts'
import { webhookFaults } from './faults/webhooks.ts'

/** Every named fault, in the order of a payment's way. */
export const faults: Fault[] = [
  ...webhookFaults,
  ...providerFaults,
  ...debtFaults,
  ...kohaFaults,
  ...machineFaults,
]
