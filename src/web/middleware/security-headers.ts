import type { RequestHandler } from 'express'
import helmet from 'helmet'

export interface HeaderTools {
  baseUrl: string
  /** Origins that our forms lead to by redirect: the payment companies' pages and the identity provider. */
  formTargets: string[]
}

/**
 * What browsers are told on every answer. Nothing runs and nothing loads but our own files, nobody frames us, and forms
 * lead only where they must: Chromium applies form-action to the redirect after a post too, so a payment page that is
 * not listed would be blocked after the payment was created.
 */
export function securityHeaders({ baseUrl, formTargets }: HeaderTools): RequestHandler[] {
  const https = new URL(baseUrl).protocol === 'https:'
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'", ...new Set(formTargets)],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    // Not no-referrer: with it Chromium sends `Origin: null` from our own forms.
    referrerPolicy: { policy: 'same-origin' },
    frameguard: { action: 'deny' },
    // Kvitt has a host of its own: nothing else lives below it.
    hsts: https ? { maxAge: 365 * 24 * 3600, includeSubDomains: true } : false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  })
  return [headers, permissionsPolicy]
}

const permissionsPolicy: RequestHandler = (_req, res, next) => {
  res.setHeader(
    'Permissions-Policy',
    'accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()',
  )
  next()
}
