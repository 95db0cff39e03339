import type { Tx } from './database.ts'

/**
 * The number of every advisory lock that Kvitt takes: the same in each instance, and each only once, or what has nothing
 * to do with the other waits for it. A new lock gets the next number; an old one keeps its own, because instances of the
 * version before may still hold it.
 */
export const LOCKS = {
  /** Migrations, and the role that they make: one instance at a time, the others wait. */
  migrations: 5_714_226,
  /** The end of the audit trail's chain: rows follow one another. */
  auditChain: 5_714_227,
  /** The next number of a batch, and the postings that are in no batch. */
  batchNumber: 5_714_228,
} as const

/** Waits for a lock and keeps it until the transaction ends. */
export async function lockUntilCommit(tx: Tx, lock: keyof typeof LOCKS): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [LOCKS[lock]])
}
