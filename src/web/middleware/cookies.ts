import type { CookieOptions, Request } from 'express'

export interface Cookie {
  name: string
  options: CookieOptions & { secure: boolean }
}

/**
 * Returns the session's cookie. On https it carries `__Host-`: the browser then takes it from nobody but us, on this
 * very host. Lax and not Strict: after the identity provider's post a Strict cookie would leave the person signed out
 * (Chromium).
 */
export function sessionCookie(baseUrl: string): Cookie {
  return isHttps(baseUrl) ? cookie('__Host-kvitt', true, 'lax') : cookie('kvitt', false, 'lax')
}

/**
 * Returns the cookie that ties a started sign-in to the browser. The response is posted from the identity provider's
 * site, and browsers send only SameSite=None cookies with such a post. On loopback http the two share a site, so Lax
 * does.
 */
export function signInCookie(baseUrl: string): Cookie {
  return isHttps(baseUrl) ? cookie('__Host-kvitt-login', true, 'none') : cookie('kvitt-login', false, 'lax')
}

/** Returns the cookie's value as the browser sent it; undefined when it is missing or sent twice. */
export function readCookie(req: Request, name: string): string | undefined {
  const values = (req.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
  return values.length === 1 ? values[0] : undefined
}

function cookie(name: string, secure: boolean, sameSite: 'lax' | 'none'): Cookie {
  return { name, options: { httpOnly: true, path: '/', secure, sameSite } }
}

function isHttps(baseUrl: string): boolean {
  return new URL(baseUrl).protocol === 'https:'
}
