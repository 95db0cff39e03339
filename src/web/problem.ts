/**
 * What a page cannot give and why, as a value: handed to Express as `next(problem)` and shown by the error handler as
 * the page of that name. An Error, in contrast, is our own fault and becomes `broken`.
 */
export interface Problem {
  kind: 'problem'
  status: number
  page: ProblemPage
  /** What the page may show. Our own ids and counts; never what came from outside. */
  details: ProblemDetails
}

export interface ProblemDetails {
  /** To be read aloud to the library; the log line has the same. */
  reference?: string
  /** Seconds until trying again makes sense. */
  retryAfter?: number
  /** How many patrons were found. */
  count?: number
  /** The university's own page for help with its sign-in: an https address out of signed metadata or the settings. */
  help?: string
  /** The page to come back to, a path of ours, when it is not the one that was asked for. */
  back?: string
  /** The person signed in by library card, and proves it anew by it. */
  byCard?: boolean
}

/** Each page and the HTTP status it goes out with. */
const statuses = {
  'bad-request': 400,
  'not-signed-in': 401,
  forbidden: 403,
  'form-expired': 403,
  'sign-in-refused': 403,
  'prove-again': 403,
  'mfa-needed': 403,
  'mfa-missing': 403,
  'mfa-refused': 403,
  'no-patron': 403,
  'several-patrons': 403,
  'not-found': 404,
  'too-large': 413,
  'too-many': 429,
  broken: 500,
  'koha-silent': 503,
  'sign-in-silent': 503,
} as const

export type ProblemPage = keyof typeof statuses

export const problemPages = Object.keys(statuses) as ProblemPage[]

export function problem(page: ProblemPage, details: ProblemDetails = {}): Problem {
  return { kind: 'problem', status: statuses[page], page, details }
}

/** Whatever reached the error handler, as a Problem: our own, those of the body parsers by their status, the rest `broken`. */
export function problemFrom(fault: unknown): Problem {
  if (isProblem(fault)) return fault
  const status = typeof fault === 'object' && fault !== null && 'status' in fault ? fault.status : undefined
  if (status === 413) return problem('too-large')
  if (status === 404) return problem('not-found')
  if (typeof status === 'number' && status >= 400 && status < 500) return problem('bad-request')
  return problem('broken')
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'problem'
}
