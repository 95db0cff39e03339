import type { RequestHandler } from 'express'
import { actorOf } from '../../../web/middleware/actor.ts'
import { problem } from '../../../web/problem.ts'
import type { Context } from '../../../work/context.ts'
import { isReference } from '../../payments/reference.ts'
import { type ApprovalOutcome, approveRefund } from '../../refunds/approve-refund.ts'
import { type ProposalOutcome, proposeRefund, type RefundWish } from '../../refunds/propose-refund.ts'
import { type WithdrawalOutcome, withdrawRefund } from '../../refunds/withdraw-refund.ts'
import { type PageFault, showPayment } from './payment.ts'
import { approveBody, isRefundReference, proposeBody, withdrawBody } from './refund-forms.ts'

const CONFLICT = 409
const UNPROCESSABLE = 422

/** POST /economy/payments/:reference/refunds, page E4: proposes a refund, or shows the page again and says why not. */
export function postRefund(context: Context): RequestHandler {
  return async (req, res, next) => {
    const reference = String(req.params.reference)
    const form = proposeBody.safeParse(req.body)
    if (!form.success || !isReference(reference)) return next(problem('bad-request'))
    const { shown, sum, line, reason } = form.data
    if (sum === undefined) return again({ text: 'refund.faults.sum', field: 'sum' }, UNPROCESSABLE)
    const what: RefundWish =
      line === null ? { kind: 'sum', amount: sum } : { kind: 'lines', lines: [{ lineId: line, amount: sum }] }
    const actor = actorOf(req, 'economy', 'approver')
    const outcome = await proposeRefund(context, { reference, what, shown, reason, actor })
    if (outcome.kind === 'no-such-payment') return next(problem('not-found'))
    if (outcome.kind === 'proposed' || outcome.kind === 'approved')
      return res.redirect(303, `/economy/payments/${reference}?done=${outcome.kind}`)
    return again(faultOf(outcome), statusOf(outcome.kind))

    function again(fault: PageFault, status: number) {
      return showPayment(context, req, res, next, { fault, form: req.body, status })
    }
  }
}

type Refusal = Exclude<ProposalOutcome, { kind: 'proposed' | 'approved' | 'no-such-payment' }>

function faultOf(outcome: Refusal): PageFault {
  const field =
    outcome.kind === 'reason-missing' ? 'reason' : outcome.kind === 'impossible' ? 'sum' : undefined
  const { kind, ...sums } = outcome
  return { text: `refund.faults.${kind}`, sums, ...(field && { field }) }
}

function statusOf(kind: Refusal['kind']): number {
  return kind === 'reason-missing' || kind === 'impossible' ? UNPROCESSABLE : CONFLICT
}

/** POST /economy/refunds/:refund/approve: a second person agrees. */
export function postApproval(context: Context): RequestHandler {
  return async (req, res, next) => {
    const refund = String(req.params.refund)
    if (!approveBody.safeParse(req.body).success || !isRefundReference(refund))
      return next(problem('bad-request'))
    const outcome = await approveRefund(context, refund, actorOf(req, 'approver'))
    return answer(outcome, refund, 'approved')(context, req, res, next)
  }
}

/** POST /economy/refunds/:refund/withdraw: the proposal is taken back or declined, with a reason. */
export function postWithdrawal(context: Context): RequestHandler {
  return async (req, res, next) => {
    const refund = String(req.params.refund)
    const form = withdrawBody.safeParse(req.body)
    if (!form.success || !isRefundReference(refund)) return next(problem('bad-request'))
    const actor = actorOf(req, 'approver', 'economy')
    const outcome = await withdrawRefund(context, { reference: refund, actor, reason: form.data.reason })
    return answer(outcome, refund, 'withdrawn')(context, req, res, next)
  }
}

type Handler = (context: Context, ...request: Parameters<RequestHandler>) => unknown

function answer(
  { kind }: ApprovalOutcome | WithdrawalOutcome,
  refund: string,
  good: 'approved' | 'withdrawn',
): Handler {
  const payment = refund.replace(/-R\d+$/, '')
  return (context, req, res, next) => {
    if (kind === 'no-such-refund') return next(problem('not-found'))
    if (kind === good) return res.redirect(303, `/economy/payments/${payment}?done=${good}`)
    const status = kind === 'reason-missing' ? UNPROCESSABLE : CONFLICT
    req.params.reference = payment
    return showPayment(context, req, res, next, { fault: { text: `refund.faults.${kind}` }, status })
  }
}
