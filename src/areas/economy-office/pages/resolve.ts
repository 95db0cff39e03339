import type { RequestHandler } from 'express'
import type { CaseKinds } from '../../../area.ts'
import { actorOf } from '../../../web/middleware/actor.ts'
import { problem } from '../../../web/problem.ts'
import { wordsOf } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import { resolveCase } from '../../cases/resolve-case.ts'
import { isReference } from '../../payments/reference.ts'
import { showPayment } from './payment.ts'
import { resolveBody } from './refund-forms.ts'
import { economy } from './texts/economy.ts'

/** POST /economy/payments/:reference/resolve: a person resolves a case, or is told why that cannot be. */
export function postResolution(context: Context, kinds: CaseKinds): RequestHandler {
  return async (req, res, next) => {
    const reference = String(req.params.reference)
    const form = resolveBody.safeParse(req.body)
    if (!form.success || !isReference(reference)) return next(problem('bad-request'))
    const { case: id, how, reason, went } = form.data
    const outcome = await resolveCase(context, kinds, {
      id,
      how,
      reason,
      actor: actorOf(req, 'economy', 'approver'),
      ...(went && { answer: went === 'yes' }),
    })
    if (outcome.kind === 'resolved') return res.redirect(303, `/economy/payments/${reference}?done=resolved`)
    const missing = outcome.kind === 'reason-missing' || outcome.kind === 'answer-missing'
    const fault = {
      text: economy[wordsOf(req).language].resolve.faults[outcome.kind],
      ...(missing && { field: `${outcome.kind === 'reason-missing' ? 'why' : 'went'}-${id}` }),
    }
    return showPayment(context, kinds, { req, res, next }, { fault, status: missing ? 422 : 409 })
  }
}
