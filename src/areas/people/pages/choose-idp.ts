import type { Request, Response } from 'express'
import type { IdentityProvider } from '../../../outside/ports/identity.ts'
import { showPage, wordsOf } from '../../../web/render.ts'
import { returnPath } from '../../../web/return-path.ts'

/**
 * Returns the identity provider that this request to sign in means: the only one, or the one that was chosen.
 * Undefined while somebody still has to choose; a name that is not on our list is no choice.
 */
export function chosenIdp(choices: IdentityProvider['choices'], wanted: unknown): string | undefined {
  const [first, ...more] = choices
  if (more.length === 0) return first?.entityId
  return choices.find(({ entityId }) => entityId === wanted)?.entityId
}

/** Shows the page on which people choose their university: a list, and a search in it that needs no script. */
export function showChoices(
  req: Request,
  res: Response,
  choices: IdentityProvider['choices'],
  byCard: boolean,
): void {
  const { language } = wordsOf(req)
  const to = returnPath(req.query.to)
  const fresh = req.query.fresh !== undefined
  const mfa = req.query.mfa !== undefined
  const searched = typeof req.query.q === 'string' ? req.query.q.trim().slice(0, 80) : ''
  const address = (more: Record<string, string>) =>
    `/sign-in?${new URLSearchParams({ to, ...(fresh && { fresh: '1' }), ...(mfa && { mfa: '1' }), ...more })}`
  const named = choices
    .map(({ entityId, name }) => ({ entityId, name: name?.[language] ?? entityId, all: name }))
    .filter(({ name, all }) => [name, ...Object.values(all ?? {})].some((word) => isIn(word ?? '', searched)))
    .sort((a, b) => a.name.localeCompare(b.name, language))
  showPage(res, 'people/choose', {
    to,
    fresh,
    mfa,
    searched,
    byCard: byCard ? `/sign-in/card?${new URLSearchParams({ to })}` : undefined,
    all: address({}),
    choices: named.map(({ entityId, name }) => ({ name, href: address({ idp: entityId }) })),
  })
}

/** People write without accents and in any case. */
function isIn(name: string, searched: string): boolean {
  return plain(name).includes(plain(searched))
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
