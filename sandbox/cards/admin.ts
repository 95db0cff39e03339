import express, { type Router } from 'express'
import { z } from 'zod'
import { closeDispute, dispute, finishRefund, refund, refundable } from './acts.ts'
import { adminPage } from './admin-view.ts'
import { faultKinds, operations } from './faults.ts'
import { type CardPayment, disputable, openDispute, type Refund } from './payment.ts'
import type { CardWorld } from './world.ts'

/** The back office at `/`: forms that turn the world's knobs. */

const yesNo = z.enum(['yes', 'no']).transform((word) => word === 'yes')

const faultForm = z.object({
  on: z.enum(['any', ...operations]),
  kind: z.enum(faultKinds),
  times: z.coerce.number().int().min(1).max(1000),
})

const behaviourForm = z.object({
  delayMs: z.coerce.number().int().min(0).max(600_000),
  copies: z.coerce.number().int().min(1).max(100),
  order: z.enum(['as-it-happened', 'backwards', 'shuffled']),
  drop: z.enum(['none', 'all', 'every-other']),
  hold: yesNo,
  versions: z.enum(['subscribed', 'v1', 'v2', 'both']),
  numbersAsStrings: yesNo,
  extraKeys: yesNo,
  proof: z.enum(['right', 'wrong', 'none']),
})

const moneyForm = z.object({
  autoCharge: z.enum(['works', 'fails', 'never']),
  charges: z.enum(['work', 'declined']),
  refunds: z.enum(['completed', 'pending', 'failed']),
})

export function admin(world: CardWorld): Router {
  const router = express.Router()
  router.use(express.urlencoded({ extended: false, limit: '10kb' }))
  router.get('/', (_request, response) => {
    response.send(adminPage(world))
  })
  /** A form of another site may not turn anything here, and a form that does not fit is told so. */
  const form = <Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    use: (fields: z.output<Schema>) => void,
  ) => {
    router.post(path, (request, response) => {
      const fields = schema.safeParse({ ...request.body, ...request.params })
      if (request.get('sec-fetch-site') === 'cross-site') response.status(403).send('Not from there.')
      else if (!fields.success) response.status(422).send('That form does not fit.')
      else {
        use(fields.data)
        response.redirect(303, '/')
      }
    })
  }

  form('/admin/faults', faultForm, (fault) => world.faults.add(fault))
  form('/admin/faults/clear', z.object({}), () => world.faults.clear())
  form('/admin/behaviour', behaviourForm, (behaviour) => {
    world.webhooks.behaviour = behaviour
    if (!behaviour.hold) world.webhooks.release()
  })
  form('/admin/money', moneyForm, (money) => {
    Object.assign(world, money)
  })
  form('/admin/resend/:id', z.object({ id: z.coerce.number() }), ({ id }) => world.webhooks.resend(id))
  form('/admin/refund/:id', z.object({ id: z.string() }), ({ id }) => {
    const payment = world.payments.get(id)
    if (payment) refundAll(world, payment)
  })
  form('/admin/dispute/:id', z.object({ id: z.string() }), ({ id }) => {
    const payment = world.payments.get(id)
    if (payment && disputable(payment)) dispute(world, payment)
  })
  const verdictForm = z.object({ id: z.string(), state: z.enum(['won', 'lost']) })
  form('/admin/end-dispute/:id', verdictForm, ({ id, state }) => {
    const payment = world.payments.get(id)
    const open = payment && openDispute(payment)
    if (payment && open) closeDispute(world, payment, open, state)
  })
  const pendingForm = z.object({ id: z.string(), state: z.enum(['Completed', 'Failed']) })
  form('/admin/pending-refund/:id', pendingForm, ({ id, state }) => {
    const found = pendingRefund(world, id)
    if (found) finishRefund(world, found.payment, found.refund, state)
  })
  return router
}

/** As a merchant does in the provider's own portal, behind the back of the product. */
function refundAll(world: CardWorld, payment: CardPayment): void {
  const chargeId = payment.charges[0]?.id
  const amount = refundable(payment)
  if (chargeId !== undefined && amount > 0) refund(world, payment, { chargeId, amount, reference: null })
}

function pendingRefund(world: CardWorld, id: string): { payment: CardPayment; refund: Refund } | undefined {
  for (const payment of world.payments.values()) {
    const pending = payment.refunds.find((each) => each.id === id && each.state === 'Pending')
    if (pending) return { payment, refund: pending }
  }
  return undefined
}
