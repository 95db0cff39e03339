import { type RequestHandler, Router } from 'express'
import { showPage, wordsOf } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import type { Facts } from './texts/statement.ts'
import { statements } from './texts/statements.ts'

/** Returns the pages that need no sign-in: the start page, and the statements. */
export function publicPages(context: Pick<Context, 'config' | 'providers'>): Router {
  const router = Router()
  router.get('/', startPage(context))
  for (const name of Object.keys(statements)) router.get(`/${name}`, statementPage(context, name))
  return router
}

/** Who is signed in comes for the fees. */
function startPage({ config, providers }: Pick<Context, 'config' | 'providers'>): RequestHandler {
  return (req, res) => {
    if (req.user) return res.redirect(303, '/fees')
    showPage(res, 'borrower/welcome', {
      company: providers.current.title,
      byCard: config.people.kohaPassword.enabled,
    })
  }
}

function statementPage(
  { config, providers }: Pick<Context, 'config' | 'providers'>,
  name: string,
): RequestHandler {
  const { library, service } = config
  return (req, res) => {
    const { language } = wordsOf(req)
    const facts: Facts = {
      library: library.name[language],
      university: library.university[language],
      organisationNumber: library.organisationNumber,
      address: library.address,
      email: library.email,
      phone: library.phone,
      website: library.website,
      company: providers.current.title,
      sessionMinutes: service.sessionMinutes,
      ...config.retention,
    }
    showPage(res, 'borrower/statement', { statement: statements[name]?.[language](facts) })
  }
}
