import type { Request } from 'express'

/**
 * Returns the signed-in borrower's patron. The routes stand behind requirePatron, so without one it is our own
 * mistake.
 */
export function patronOf(req: Request): number {
  const patronId = req.user?.patronId
  if (patronId === undefined) throw new Error('This route stands outside requirePatron')
  return patronId
}
