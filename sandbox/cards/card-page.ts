import express, { type Request, type Response, type Router } from 'express'
import { approve, closeIfTimeIsUp, decline } from './acts.ts'
import { type CardFields, cardOutcome, declines, strongCode, swish } from './card.ts'
import { closedPage, codePage, gonePage, type Problem, payPage } from './card-page-view.ts'
import { type CardPayment, type Method, payable } from './payment.ts'
import type { CardWorld } from './world.ts'

/** The hosted payment page of both providers: what the borrower does there, and where the browser goes then. */

type Step = { kind: 'page'; status: number; page: string } | { kind: 'go'; to: string }

export function cardPage(world: CardWorld): Router {
  const router = express.Router()
  router.use(express.urlencoded({ extended: false, limit: '10kb' }))

  router.get('/hostedpaymentpage/', (request, response) => {
    const payment = find(world, String(request.query.pid), 'nets-easy')
    if (payment) payment.language = String(request.query.language).startsWith('sv') ? 'sv' : 'en'
    answer(response, payment && show(world, payment))
  })
  router.get('/c/pay/:id', (request, response) => {
    const payment = find(world, String(request.params.id), 'stripe')
    answer(response, payment && show(world, payment))
  })
  router.post('/checkout/:id', (request, response) => {
    const payment = find(world, String(request.params.id))
    answer(response, payment && act(world, payment, request))
  })
  return router
}

function find(world: CardWorld, id: string, provider?: CardPayment['provider']): CardPayment | undefined {
  const payment = world.payments.get(id)
  if (!payment || (provider && payment.provider !== provider)) return undefined
  closeIfTimeIsUp(world, payment)
  return payment
}

function answer(response: Response, step: Step | undefined): void {
  if (!step) {
    response.status(404).type('text/plain').send('Betalningen finns inte. / There is no such payment.')
    return
  }
  if (step.kind === 'go') response.redirect(303, step.to)
  else response.status(step.status).send(step.page)
}

function show(world: CardWorld, payment: CardPayment, problem?: Problem, status = 200): Step {
  if (!payable(payment)) return { kind: 'page', status: 200, page: closedPage(payment) }
  return { kind: 'page', status, page: payPage(payment, { problem, now: world.now() }) }
}

function act(world: CardWorld, payment: CardPayment, request: Request): Step {
  const fields: Record<string, string | undefined> = request.body ?? {}
  if (fields.do === 'cancel') return { kind: 'go', to: payment.cancelUrl }
  if (!payable(payment)) return show(world, payment)
  if (fields.do === 'code') return answerCode(world, payment, fields)
  if (fields.do === 'swish') return paid(world, payment, swish, false)
  const { number = '', expiry = '', cvc = '' } = fields
  return tryCard(world, payment, { number, expiry, cvc }, fields.do === 'vanish')
}

function tryCard(world: CardWorld, payment: CardPayment, card: CardFields, vanish: boolean): Step {
  const outcome = cardOutcome(card, world.now())
  switch (outcome.kind) {
    case 'approved':
      return paid(world, payment, outcome.method, vanish)
    case 'asks-for-code':
      payment.challenge = outcome.method
      return { kind: 'page', status: 200, page: codePage(payment, { vanish }) }
    case 'declined':
      decline(world, payment, outcome.decline)
      return show(world, payment, 'declined')
    case 'invalid':
      return show(world, payment, outcome.field, 422)
    case 'broken':
      return show(world, payment, 'broken', 500)
  }
}

function answerCode(
  world: CardWorld,
  payment: CardPayment,
  fields: Record<string, string | undefined>,
): Step {
  const method = payment.challenge
  if (!method) return show(world, payment)
  if (fields.code?.trim() === strongCode) return paid(world, payment, method, fields.after === 'vanish')
  decline(world, payment, declines.notAuthenticated)
  return show(world, payment, 'code')
}

function paid(world: CardWorld, payment: CardPayment, method: Method, vanish: boolean): Step {
  approve(world, payment, method)
  if (vanish) return { kind: 'page', status: 200, page: gonePage(payment) }
  return { kind: 'go', to: returnAddress(payment) }
}

/** Nets adds `paymentid` (lower case now); Stripe puts the session where the shop asked for it. */
export function returnAddress(payment: CardPayment): string {
  if (payment.provider === 'stripe') return payment.returnUrl.replace('{CHECKOUT_SESSION_ID}', payment.id)
  const address = new URL(payment.returnUrl)
  address.searchParams.set('paymentid', payment.id)
  return address.href
}
