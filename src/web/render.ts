import type { Express, Request, Response } from 'express'
import { formats } from '../base/format.ts'
import { languageNames, languages, locales, type Texts } from '../base/language.ts'
import { CURRENCY_SIGN } from '../base/money.ts'
import { templates } from '../base/templates.ts'
import type { Config } from '../config/load.ts'
import { type Assets, createAssets } from './assets.ts'
import { languageOf } from './language.ts'
import { navFor } from './nav.ts'
import type { Place } from './place.ts'
import { themeCss } from './theme.ts'

/** What all pages of an installation share. */
interface Site {
  config: Config
  assets: Assets
  places: readonly Place[]
  /** What templates read as `page.t`. */
  texts: Texts<object>
}

/**
 * Teaches an Express application to show our pages, and to serve the stylesheets and scripts under /assets.
 * Mount the answer before the session.
 */
export function installPages(app: Express, { config, places, texts }: Omit<Site, 'assets'>): Assets['serve'] {
  const assets = createAssets({ 'theme.css': themeCss(config) })
  const site: Site = { config, assets, places, texts }
  app.locals.site = site
  return assets.serve
}

/**
 * Sends a page: the template `views/VIEW.ejs`, which sees `page` — what every page has (below), and the model's
 * own fields beside it. `place` in the model is the place in the menu that the page belongs to, when the path does not
 * tell. Works before the session too, so that error pages need nothing but this process.
 */
export function showPage(res: Response, view: string, model: Model, status = 200): void {
  res
    .status(status)
    .type('html')
    .send(templates.render(view, { ...everyPage(res, model), ...model }))
}

/** Returns the language that a request's pages are shown in, with its formats. */
export function wordsOf(req: Request) {
  const language = languageOf(req)
  return { language, ...formats[language] }
}

/** What a page shows beside what all pages show. */
type Model = { place?: string; [field: string]: unknown }

function everyPage(res: Response, { place }: Model) {
  const { req } = res
  const { config, assets, places, texts } = res.app.locals.site as Site
  const words = wordsOf(req)
  const { name, university, ...contact } = config.library
  const person = req.user
  return {
    ...words,
    t: texts[words.language],
    /** For the browser's own figures. */
    locale: locales[words.language],
    sign: CURRENCY_SIGN,
    otherLanguages: languages
      .filter((language) => language !== words.language)
      .map((language) => ({ language, name: languageNames[language] })),
    library: { ...contact, name: name[words.language], university: university[words.language] },
    notice: config.service.notice?.[words.language],
    asset: assets.address,
    csrfToken: res.locals.csrfToken,
    /** Who is signed in. A page that shows it holds a form with `page.csrfToken()`, so both stand or fall together. */
    person: person && res.locals.csrfToken ? { name: person.identity.name } : undefined,
    /** Whether the person would have more to do here with a second factor: then the page says so, and offers it. */
    withheld: (person?.withheld.length ?? 0) > 0,
    nav: navFor(places, person?.roles ?? [], {
      path: place ?? req.baseUrl + req.path,
      language: words.language,
    }),
    /** How much waits behind a tab, by its address. */
    tabCounts: (res.locals.tabCounts ?? {}) as Record<string, number>,
    /** Where the language form comes back to. */
    here: req.method === 'GET' ? req.originalUrl : '/',
  }
}
