import type { RequestHandler } from 'express'
import helmet from 'helmet'

export interface HeaderTools {
  baseUrl: string
  /** Origins that our forms lead to by redirect: the payment companies' pages and the identity provider. */
  formTargets: string[]
}

/** Seconds. Kvitt has a host of its own: nothing else lives below it. */
const hsts = { maxAge: 365 * 24 * 3600, includeSubDomains: true }

/**
 * Returns the step that sets what browsers are told with every answer. Nothing runs and nothing loads but our own
 * files, nobody frames us, and forms lead only where they must: Chromium applies form-action to the redirect after a
 * post too, so a payment page that is not listed would be blocked after the payment was created.
 */
export function securityHeaders({ baseUrl, formTargets }: HeaderTools): RequestHandler[] {
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
    hsts: isHttps(baseUrl) && hsts,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  })
  return [headers, permissionsPolicy]
}

/**
 * Returns the same for answers that hold no page and are written without Express: nothing loads, nobody frames. In
 * one object, made once, because webhooks come in crowds.
 */
export function bareHeaders(baseUrl: string): Record<string, string> {
  return {
    'Cache-Control': 'no-store',
    'Content-Security-Policy':
      "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    ...(isHttps(baseUrl) && {
      'Strict-Transport-Security': `max-age=${hsts.maxAge}; includeSubDomains`,
    }),
  }
}

const permissionsPolicy: RequestHandler = (_req, res, next) => {
  res.setHeader(
    'Permissions-Policy',
    'accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()',
  )
  next()
}

function isHttps(baseUrl: string): boolean {
  return new URL(baseUrl).protocol === 'https:'
}
