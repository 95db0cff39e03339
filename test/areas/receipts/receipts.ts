import { type Receipt, type Receiptable, receiptOf } from '../../../src/areas/receipts/receipt.ts'
import { ore } from '../../../src/base/money.ts'

/** Elsa's receipt: the book that she lost, the work and the delay. */
export function elsasReceipt(more: Partial<Receiptable> = {}): Receipt {
  return receiptOf({
    reference: 'KV-7F3K-9Q2M-4T',
    language: 'sv',
    library: 'Demouniversitetets bibliotek',
    university: 'Demouniversitetet',
    organisationNumber: '202199-0011',
    address: 'Biblioteksgatan 1, 411 00 Göteborg',
    email: 'biblioteket@demo.kvitt.example',
    phone: '031-123 45 67',
    lines: [
      { name: 'Ersättningsavgift', amount: ore(52600), title: 'Campbell biology', barcode: '14001082337' },
      { name: 'Arbetskostnad', amount: ore(20000), title: 'Campbell biology', barcode: '14001082337' },
      { name: 'Förseningsavgift', amount: ore(16000), title: null, barcode: null },
    ],
    paidAt: new Date('2026-11-20T17:06:11Z'),
    paidWith: { method: 'card', brand: 'Visa', lastDigits: '4242' },
    vat: ['O', 'O', 'O'],
    kohaRegisteredAt: new Date('2026-11-20T17:06:13Z'),
    bookedAt: new Date('2026-11-20T17:06:12Z'),
    givenBack: [],
    ...more,
  })
}
