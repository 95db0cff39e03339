import type { Area } from '../../area.ts'

/** Proof of a payment, for the person who paid. */
export const receipts: Area = { name: 'receipts' }
