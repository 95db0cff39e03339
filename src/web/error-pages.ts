import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import type { Log } from '../base/log.ts'
import { type Problem, type ProblemPage, problem, problemFrom } from './problem.ts'
import { showPage, wordsOf } from './render.ts'
import { problems } from './texts/problems.ts'

export type ProblemAction = 'again' | 'fees' | 'payments' | 'sign-in' | 'sign-out' | 'prove' | 'mfa' | 'help'

/** What a person can do now, on each page; the first is the button. */
const actions: Record<ProblemPage, ProblemAction[]> = {
  'bad-request': ['fees'],
  'not-signed-in': ['sign-in'],
  forbidden: ['fees'],
  'form-expired': ['fees'],
  'sign-in-refused': ['sign-in', 'help'],
  'prove-again': ['prove'],
  'mfa-needed': ['mfa', 'fees'],
  'mfa-missing': ['mfa', 'fees', 'help'],
  'mfa-refused': ['mfa', 'fees', 'help'],
  'no-patron': ['sign-out'],
  'several-patrons': ['sign-out'],
  'not-found': ['fees'],
  'too-large': ['fees'],
  'too-many': ['fees'],
  broken: ['payments', 'fees'],
  'koha-silent': ['again', 'payments'],
  'sign-in-silent': ['again'],
}

/**
 * What somebody wanted who had no right to it (ASVS V16.3.2), or what no page of ours would have sent (ASVS V16.3.3):
 * told to the log with who it was.
 */
const refusals: ProblemPage[] = [
  'forbidden',
  'mfa-needed',
  'prove-again',
  'form-expired',
  'too-many',
  'bad-request',
  'too-large',
]

/** Seconds after which a browser or a robot may come back when a neighbour is silent. */
const RETRY_SOON = 60

/** Returns the end of the pipeline: what nobody answered is not found, and what went wrong gets its page. */
export function errorPages({ log }: { log: Log }): [RequestHandler, ErrorRequestHandler] {
  const notFound: RequestHandler = (_req, _res, next) => next(problem('not-found'))
  const explain: ErrorRequestHandler = (fault, req, res, next) => {
    if (res.headersSent) return next(fault)
    const found = problemFrom(fault)
    const reference = found.details.reference ?? (found.page === 'broken' ? shortId(res) : undefined)
    if (found.page === 'broken')
      log.error({ event: 'request.failed', reference, error: inShort(fault) }, 'request failed')
    if (refusals.includes(found.page)) {
      const { patronId: patron, roles = [] } = req.user ?? {}
      log.warn(
        { event: 'request.refused', refused: found.page, patron, roles: roles.join(' ') },
        'request refused',
      )
    }
    const retryAfter = found.details.retryAfter ?? (found.status === 503 ? RETRY_SOON : undefined)
    if (retryAfter !== undefined) res.setHeader('Retry-After', retryAfter)
    sendErrorPage(found, reference, req, res)
  }
  return [notFound, explain]
}

function sendErrorPage(found: Problem, reference: string | undefined, req: Request, res: Response): void {
  const words = problems[wordsOf(req).language][found.page]
  const { title } = words
  const text = typeof words.text === 'string' ? words.text : words.text({ count: found.details.count ?? 0 })
  if (wantsJson(req)) {
    res.status(found.status).json({ error: found.page, title, text, reference })
    return
  }
  const { back = req.method === 'GET' ? req.originalUrl : '/fees', help, byCard } = found.details
  const offered = actions[found.page]
  // The page's own button says it; a notice above would say it twice.
  const withoutMfaNotice = offered.includes('mfa') ? { withheld: false } : {}
  showPage(
    res,
    'web/problem',
    { title, text, reference, actions: offered, again: back, help, byCard, ...withoutMfaNotice },
    found.status,
  )
}

function wantsJson(req: Request): boolean {
  return req.accepts(['html', 'json']) === 'json' || req.path.endsWith('/status')
}

/** The start of the request's id: short enough to read aloud, and the log finds it. */
function shortId(res: Response): string {
  return String(res.locals.requestId ?? '')
    .slice(0, 8)
    .toUpperCase()
}

/** Errors of HTTP clients carry whole requests with their credentials: never log an error as an object. */
function inShort(fault: unknown): { name: string; message: string; stack: string | undefined } {
  return fault instanceof Error
    ? { name: fault.name, message: fault.message, stack: fault.stack }
    : { name: typeof fault, message: 'something that is no Error was thrown', stack: undefined }
}
