import type { Request } from 'express'
import type { Context } from '../../../work/context.ts'
import { isReference } from '../../payments/reference.ts'
import { type Payment, readPayment } from '../../payments/store.ts'
import { patronOf } from './patron-of.ts'

/**
 * Returns the payment that the address names, if it is the borrower's own: another's is as unknown as one that never
 * was.
 */
export async function ownPayment({ db }: Pick<Context, 'db'>, req: Request): Promise<Payment | undefined> {
  const reference = String(req.params.reference)
  if (!isReference(reference)) return undefined
  const payment = await readPayment(db, reference)
  return payment?.patronId === patronOf(req) ? payment : undefined
}
