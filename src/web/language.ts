import { type Request, type RequestHandler, Router } from 'express'
import { z } from 'zod'
import { type Language, languageFrom, languages } from '../base/language.ts'
import { readCookie } from './middleware/cookies.ts'
import { problem } from './problem.ts'
import { returnPath } from './return-path.ts'

const COOKIE = 'kvitt-language'
const A_YEAR = 365 * 24 * 3600_000

const languageSchema = z.enum(languages)

/**
 * Returns the language of a page: what the person chose, else what the session knows (Koha's language of the patron),
 * else what the browser asks for, else the first of ours.
 */
export function languageOf(req: Request): Language {
  const chosen = languageSchema.safeParse(readCookie(req, COOKIE))
  if (chosen.success) return chosen.data
  // A request that failed before the session was read has none.
  const session = req.session as typeof req.session | undefined
  return session?.language ?? languageFrom(req.acceptsLanguages(...languages) || null) ?? languages[0]
}

/** Koha's language of a patron (`sv-SE`, `en`, `default`) is the session's, unless the person has chosen one. */
export function rememberPatronLanguage(req: Request, koha: string | null): void {
  const language = languageFrom(koha)
  if (language && req.session.language === undefined) req.session.language = language
}

const choiceSchema = z.strictObject({ language: languageSchema, back: z.string().max(1000).optional() })

/**
 * POST /language: the person chooses a language, and comes back to the page where it was chosen. Changes nothing but the
 * language, so it asks for no token: a visitor who has not signed in would need a session for it.
 */
export function languageRoute({ baseUrl }: { baseUrl: string }): RequestHandler {
  const secure = baseUrl.startsWith('https:')
  return Router().post('/language', (req, res, next) => {
    const choice = choiceSchema.safeParse(req.body)
    if (!choice.success) return next(problem('bad-request'))
    const { language, back } = choice.data
    res.cookie(COOKIE, language, { httpOnly: true, path: '/', sameSite: 'lax', secure, maxAge: A_YEAR })
    if (req.user) req.session.language = language
    res.redirect(303, returnPath(back))
  })
}
