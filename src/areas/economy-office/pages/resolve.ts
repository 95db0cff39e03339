import type { RequestHandler } from 'express'
import { actorOf } from '../../../web/middleware/actor.ts'
import { problem } from '../../../web/problem.ts'
import { wordsOf } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import { resolveParked } from '../../cases/resolve-parked.ts'
import { isReference } from '../../payments/reference.ts'
import { showPayment } from './payment.ts'
import { resolveBody } from './refund-forms.ts'
import { economy } from './texts/economy.ts'

/** POST /economy/payments/:reference/resolve: a person sees to what is parked, or is told why that cannot be. */
export function postResolution(context: Context): RequestHandler {
  return async (req, res, next) => {
    const reference = String(req.params.reference)
    const form = resolveBody.safeParse(req.body)
    if (!form.success || !isReference(reference)) return next(problem('bad-request'))
    const { how, shown, reason, went } = form.data
    const outcome = await resolveParked(context, {
      reference,
      how,
      shown,
      reason,
      actor: actorOf(req, 'economy', 'approver'),
      ...(went && { refundWent: went === 'yes' }),
    })
    if (outcome.kind === 'no-such-payment') return next(problem('not-found'))
    if (outcome.kind === 'resolved') return res.redirect(303, `/economy/payments/${reference}?done=resolved`)
    const missing = outcome.kind === 'reason-missing' || outcome.kind === 'outcome-missing'
    const fault = {
      text: economy[wordsOf(req).language].resolve.faults[outcome.kind],
      ...(missing && { field: outcome.kind === 'reason-missing' ? 'why' : 'went' }),
    }
    return showPayment(context, req, res, next, { fault, status: missing ? 422 : 409 })
  }
}
