/** A bug put in on purpose, and the tests that must notice it. */
export interface Mutant {
  name: string
  file: string
  /** What stands in the file, each exactly once, and what is put in its place. */
  changes: [right: string, wrong: string][]
  /** Run against the bug; at least one of them has to fail. */
  tests: string[]
}

/** Each is a fault that another library's payment system has had, or that a hurried hand would make. */
export const mutants: Mutant[] = [
  {
    name: 'an unknown credit is sent again without looking for it',
    file: 'src/areas/koha-account/clear-up-line.ts',
    changes: [
      [
        'const ours = linesWithReference(found.value, open.reference)',
        'const ours = linesWithReference([] as typeof found.value, open.reference)',
      ],
    ],
    tests: ['koha-account/write-back.test.ts'],
  },
  {
    name: 'Koha may still be at work when we look',
    file: 'src/areas/koha-account/clear-up-line.ts',
    changes: [['if (clock.now() < lookFrom)', 'if (clock.now() < open.sentAt)']],
    tests: ['koha-account/write-back.test.ts'],
  },
  {
    name: 'what was paid is credited, and not what is left of the debt',
    file: 'src/areas/koha-account/credit-plan.ts',
    changes: [['amount: smaller(line.amount, left)', 'amount: line.amount']],
    tests: ['koha-account/write-back.test.ts'],
  },
  {
    name: 'the journal is written in a transaction of its own',
    file: 'src/areas/payments/settle-payment.ts',
    changes: [
      [
        '{ config }: SettleUses,\n  { payment, lines, paid }: Money,',
        '{ config, db }: SettleUses,\n  { payment, lines, paid }: Money,',
      ],
      [
        'book(tx, paidPostings(payment.reference, coded, config.economy.accounts.cardReceivable), now),',
        'db.transaction((own) => book(own, paidPostings(payment.reference, coded, config.economy.accounts.cardReceivable), now)),',
      ],
    ],
    tests: ['payments/crash-points.test.ts'],
  },
  {
    name: 'another sum than ours is called paid',
    file: 'src/areas/payments/payment.ts',
    changes: [['fact.charged !== payment.amount)', 'fact.charged > payment.amount)']],
    tests: ['payments/payment.test.ts', 'payments/start-payment.test.ts'],
  },
  {
    name: 'an unknown answer is a failure',
    file: 'src/areas/payments/payment.ts',
    changes: [
      [
        "case 'unknown':\n      return { kind: 'wait' }",
        "case 'unknown':\n      return move(payment.state, 'cancelled')",
      ],
    ],
    tests: ['payments/payment.test.ts'],
  },
  {
    name: 'a debt is held by nobody',
    file: 'src/areas/payments/store.ts',
    changes: [
      [
        'values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, true)',
        'values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, false)',
      ],
    ],
    tests: ['payments/start-payment.test.ts'],
  },
  {
    name: 'a webhook is acknowledged before it is stored',
    file: 'src/areas/payments/pages/webhook-door.ts',
    changes: [['await intake(', 'void intake(']],
    tests: ['payments/pages/webhook-door.test.ts', 'payments/webhooks.test.ts'],
  },
  {
    name: 'a refund that is sent again has another key',
    file: 'src/areas/refunds/send-refund.ts',
    changes: [['    reference: refund.reference,\n', '    reference: refund.reference + refund.tries,\n']],
    tests: ['refunds/refund-faults.test.ts'],
  },
  {
    name: 'what is on its way to the payer can be refunded once more',
    file: 'src/areas/refunds/propose-refund.ts',
    changes: [
      ['const left = refundable(payment.amount, refunds,', 'const left = refundable(payment.amount, [],'],
    ],
    tests: ['refunds'],
  },
  {
    name: 'who dies keeps the work for ever',
    file: 'src/database/claim-due.ts',
    changes: [['make_interval(secs => $2)', 'make_interval(days => 3650, secs => $2)']],
    tests: ['payments/crash-points.test.ts'],
  },
  {
    name: 'who was stopped past its turn sends all the same',
    file: 'src/areas/koha-account/send-line.ts',
    changes: [['> SEND_WITHIN_MS', '> SEND_WITHIN_MS * 1e6']],
    tests: ['koha-account/too-late.test.ts'],
  },
  {
    name: 'who was stopped past its turn finishes what is not so any more',
    file: 'src/areas/koha-account/finish-write-back.ts',
    changes: [['return stands ? finishIn(', 'return stands || true ? finishIn(']],
    tests: ['koha-account/too-late.test.ts'],
  },
  {
    name: 'a case does not rest its payment',
    file: 'src/database/migrations/0020_cases_instead_of_parked.sql',
    changes: [
      [
        'create trigger case_flags_its_subject after insert or',
        'create trigger case_flags_its_subject after',
      ],
    ],
    tests: ['areas/cases'],
  },
  {
    name: 'a payment may take any step',
    file: 'src/areas/payments/payment.ts',
    changes: [
      ['  if (step === undefined) throw new Error(`No payment', '  if (false) throw new Error(`No payment'],
    ],
    tests: ['payments/payment.test.ts'],
  },
  {
    name: 'an entry of the audit trail is not bound to the one before it',
    file: 'src/areas/audit/audit-store.ts',
    changes: [
      ['previousHash: previous?.hash ?? BEGINNING', 'previousHash: sha256(String(previous?.id ?? 0))'],
    ],
    tests: ['areas/audit/audit.test.ts'],
  },
  {
    name: 'the run that kills at every await kills nobody',
    file: 'test/crash/mortal-process.ts',
    changes: [['process.kill(process.pid, order.signal)', 'void order.signal']],
    tests: ['crash/short.test.ts'],
  },
  {
    name: 'the run that kills at every await does not see the database',
    file: 'test/crash/mortal-process.ts',
    changes: [['\nwatchPool()\n', '\n']],
    tests: ['crash/short.test.ts'],
  },
  {
    name: 'nobody dies in the crash run within one process',
    file: 'test/support/mortal.ts',
    changes: [['if (!dead) return', 'if (!dead || words) return']],
    tests: ['payments/crash-points.test.ts'],
  },
]
