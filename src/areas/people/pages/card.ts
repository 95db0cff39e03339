import { type Request, type RequestHandler, type Response, Router } from 'express'
import { z } from 'zod'
import { problem } from '../../../web/problem.ts'
import { showPage, wordsOf } from '../../../web/render.ts'
import { returnPath } from '../../../web/return-path.ts'
import { type CardUses, signInByCard } from '../sign-in-by-card.ts'
import { startSession } from './start-session.ts'
import { signIn } from './texts/sign-in.ts'

/** What the pages look at, beside what the flow uses. */
export type CardPageUses = CardUses & { config: { people: { kohaPassword: { enabled: boolean } } } }

const formSchema = z.object({
  card: z.string().trim().min(1).max(64),
  password: z.string().min(1).max(256),
})

/** No answer comes sooner, milliseconds: Koha takes longer over a card that it knows, and that must not show. */
const SOONEST_ANSWER = 400

/** GET and POST /sign-in/card, for borrowers without a university sign-in; where the library wants it. */
export function cardRouter(uses: CardPageUses, limit: RequestHandler): Router {
  const router = Router()
  if (!uses.config.people.kohaPassword.enabled) return router
  router.get('/sign-in/card', (req, res) => showForm(req, res, 200))
  router.post('/sign-in/card', limit, receiveForm(uses))
  return router
}

function receiveForm(uses: CardPageUses): RequestHandler {
  return async (req, res, next) => {
    const form = formSchema.safeParse(req.body)
    if (!form.success) return showForm(req, res, 422, 'missing')

    const soonest = new Promise((done) => setTimeout(done, SOONEST_ANSWER))
    const { card: cardNumber, password } = form.data
    const outcome = await signInByCard(uses, { cardNumber, password, address: req.ip ?? '' })
    await soonest
    switch (outcome.kind) {
      case 'koha-silent':
        return next(problem('koha-silent'))
      case 'wait':
        res.setHeader('Retry-After', outcome.seconds)
        return showForm(req, res, 429, 'wait', Math.ceil(outcome.seconds / 60))
      case 'wrong':
        return showForm(req, res, 422, 'wrong')
      case 'signed-in':
        await startSession(req, outcome.signedIn)
        return res.redirect(303, returnPath(req.body.to))
    }
  }
}

type Fault = 'missing' | 'wrong' | 'wait'

function showForm(req: Request, res: Response, status: number, fault?: Fault, minutes = 0): void {
  const words = signIn[wordsOf(req).language].card
  const wanted: unknown = req.method === 'GET' ? req.query.to : req.body?.to
  const typed: unknown = req.body?.card
  showPage(
    res,
    'people/card',
    {
      to: returnPath(wanted),
      card: typeof typed === 'string' ? typed.slice(0, 64) : '',
      fault: fault && (fault === 'wait' ? words.wait({ count: minutes }) : words[fault]),
    },
    status,
  )
}
