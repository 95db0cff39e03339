import type { Request, RequestHandler } from 'express'
import type { CaseKinds } from '../../../area.ts'
import { actorOf } from '../../../web/middleware/actor.ts'
import { problem } from '../../../web/problem.ts'
import { wordsOf } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import { isReference } from '../../payments/reference.ts'
import { type ApprovalOutcome, approveRefund } from '../../refunds/approve-refund.ts'
import { type ProposalOutcome, proposeRefund, type RefundRequest } from '../../refunds/propose-refund.ts'
import { type WithdrawalOutcome, withdrawRefund } from '../../refunds/withdraw-refund.ts'
import { type PageFault, showPayment } from './payment.ts'
import { approveBody, isRefundReference, proposeBody, withdrawBody } from './refund-forms.ts'
import { economy } from './texts/economy.ts'

const CONFLICT = 409
const UNPROCESSABLE = 422

/** POST /economy/payments/:reference/refunds: proposes a refund, or shows the page again and says why not. */
export function postRefund(context: Context, kinds: CaseKinds): RequestHandler {
  return async (req, res, next) => {
    const reference = String(req.params.reference)
    const form = proposeBody.safeParse(req.body)
    if (!form.success || !isReference(reference)) return next(problem('bad-request'))
    const { shown, sum, line, reason } = form.data
    if (sum === undefined) return again({ text: faultsOf(req).sum, field: 'sum' }, UNPROCESSABLE)
    const what: RefundRequest =
      line === null ? { kind: 'sum', amount: sum } : { kind: 'lines', lines: [{ lineId: line, amount: sum }] }
    const actor = actorOf(req, 'economy', 'approver')
    const outcome = await proposeRefund(context, { reference, what, shown, reason, actor })
    if (outcome.kind === 'no-such-payment') return next(problem('not-found'))
    if (outcome.kind === 'proposed' || outcome.kind === 'approved')
      return res.redirect(303, `/economy/payments/${reference}?done=${outcome.kind}`)
    return again(faultOf(outcome, req), statusOf(outcome.kind))

    function again(fault: PageFault, status: number) {
      return showPayment(context, kinds, { req, res, next }, { fault, form: req.body, status })
    }
  }
}

type Refusal = Exclude<ProposalOutcome, { kind: 'proposed' | 'approved' | 'no-such-payment' }>

function faultOf(outcome: Refusal, req: Request): PageFault {
  const words = faultsOf(req)
  const { kronor } = wordsOf(req)
  switch (outcome.kind) {
    case 'reason-missing':
      return { text: words['reason-missing'], field: 'reason' }
    case 'impossible':
      return { text: words.impossible({ left: kronor(outcome.left) }), field: 'sum' }
    case 'changed':
      return { text: words.changed({ shown: kronor(outcome.shown), now: kronor(outcome.now) }) }
    default:
      return { text: words[outcome.kind] }
  }
}

function faultsOf(req: Request) {
  return economy[wordsOf(req).language].refund.faults
}

function statusOf(kind: Refusal['kind']): number {
  return kind === 'reason-missing' || kind === 'impossible' ? UNPROCESSABLE : CONFLICT
}

/** POST /economy/refunds/:refund/approve: a second person agrees. */
export function postApproval(context: Context, kinds: CaseKinds): RequestHandler {
  return async (req, res, next) => {
    const refund = String(req.params.refund)
    if (!approveBody.safeParse(req.body).success || !isRefundReference(refund))
      return next(problem('bad-request'))
    const outcome = await approveRefund(context, refund, actorOf(req, 'approver'))
    return answer(outcome, refund)(context, kinds, req, res, next)
  }
}

/** POST /economy/refunds/:refund/withdraw: the proposal is taken back or declined, with a reason. */
export function postWithdrawal(context: Context, kinds: CaseKinds): RequestHandler {
  return async (req, res, next) => {
    const refund = String(req.params.refund)
    const form = withdrawBody.safeParse(req.body)
    if (!form.success || !isRefundReference(refund)) return next(problem('bad-request'))
    const actor = actorOf(req, 'approver', 'economy')
    const outcome = await withdrawRefund(context, { reference: refund, actor, reason: form.data.reason })
    return answer(outcome, refund)(context, kinds, req, res, next)
  }
}

type Handler = (context: Context, kinds: CaseKinds, ...request: Parameters<RequestHandler>) => unknown

function answer({ kind }: ApprovalOutcome | WithdrawalOutcome, refund: string): Handler {
  const payment = refund.replace(/-R\d+$/, '')
  return (context, kinds, req, res, next) => {
    if (kind === 'no-such-refund') return next(problem('not-found'))
    if (kind === 'approved' || kind === 'withdrawn')
      return res.redirect(303, `/economy/payments/${payment}?done=${kind}`)
    const status = kind === 'reason-missing' ? UNPROCESSABLE : CONFLICT
    req.params.reference = payment
    return showPayment(context, kinds, { req, res, next }, { fault: { text: faultsOf(req)[kind] }, status })
  }
}
