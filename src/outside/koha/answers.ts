import { z } from 'zod'
import type { Answer, Trouble } from '../../base/answer.ts'
import type { Reply } from './exchange.ts'

/**
 * Koha's error bodies (Koha/REST/Plugin/Exceptions.pm, Koha/REST/V1/Auth.pm): its own object, the framework's
 * list under `errors`, and a bare list for unknown query parameters.
 */
const complaint = z.object({ message: z.string(), path: z.string().optional() })
const ownError = z.object({
  error: z.string(),
  error_code: z.string().optional(),
  required_permissions: z.unknown().optional(),
})
const errorBody = z.union([ownError, z.object({ errors: z.array(complaint) }), z.array(complaint)])

/** Returns true when the body is an error as Koha writes it, and not some proxy's. */
export function isKohaError(json: unknown): boolean {
  return errorBody.safeParse(json).success
}

/**
 * Returns true for Koha's own 404 of a thing that is not there; the framework's 404 of a wrong address has another
 * shape.
 */
export function isAbsent(reply: Reply): boolean {
  return reply.kind === 'answered' && reply.status === 404 && ownError.safeParse(reply.json).success
}

/**
 * Returns true for Koha's own 400: it has understood, and says no. The framework's 400 of a malformed question has
 * another shape.
 */
export function isRefusedByKoha(reply: Reply): boolean {
  return reply.kind === 'answered' && reply.status === 400 && ownError.safeParse(reply.json).success
}

/**
 * Returns the reply as a value of the given shape: only 200 and 201 with JSON that fits are an answer, all else is
 * trouble.
 */
export function accept<T>(reply: Reply, shape: z.ZodType<T>): Answer<T> {
  if (reply.kind !== 'answered' || (reply.status !== 200 && reply.status !== 201)) {
    return { ok: false, trouble: troubleOf(reply) }
  }
  if (reply.json === undefined) return nonsense('is not JSON')
  const checked = shape.safeParse(reply.json)
  if (checked.success) return { ok: true, value: checked.data }
  const place = checked.error.issues[0]?.path.join('.') || 'its root'
  return nonsense(`breaks its contract at ${place}`)
}

/** Trouble with an answer that cannot be understood; never quotes the answer. */
export function nonsense(what: string): { ok: false; trouble: Trouble } {
  return { ok: false, trouble: { kind: 'nonsense', message: `Koha's answer ${what}` } }
}

/**
 * Returns what is wrong with a reply that is no answer, in words for staff. Never quotes what Koha wrote freely.
 * `forbidden` is a key that needs mending and fails every call; `refused` is this very question.
 */
export function troubleOf(reply: Reply): Trouble {
  if (reply.kind !== 'answered') return reply.trouble
  const { status, json } = reply
  if (status >= 500) return { kind: 'broken', message: brokenMessage(status) }
  if (!isKohaError(json)) {
    return { kind: 'nonsense', message: `Koha's address answers ${status} with something that is not Koha's` }
  }
  if (status === 401) return { kind: 'forbidden', message: 'Koha refuses the key (401)' }
  if (status === 403) return forbidden(json)
  return { kind: 'refused', message: `Koha refuses the question (${status}${detail(json)})` }
}

function brokenMessage(status: number): string {
  return status === 503 ? 'Koha is closed for maintenance (503)' : `Koha fails inside (${status})`
}

function forbidden(json: unknown): Trouble {
  const named = permissions(ownError.safeParse(json).data?.required_permissions)
  // Wrong basic credentials and a wrong client answer 403 as well, and then name no permissions.
  if (!named) return { kind: 'forbidden', message: 'Koha refuses the key, or the user and password (403)' }
  return { kind: 'forbidden', message: `Koha's API user lacks permission: ${named} (403)` }
}

/** Koha's permissions in words: an object means all of them, a list any one; "1" stands for the whole module. */
function permissions(required: unknown): string {
  if (Array.isArray(required)) return required.map(permissions).filter(Boolean).join(' or ')
  if (typeof required !== 'object' || required === null) return ''
  return Object.entries(required)
    .map(([module, part]) => `${module}${typeof part === 'string' && part !== '1' ? `:${part}` : ''}`)
    .filter((name) => /^[a-z_:]+$/i.test(name))
    .join(' and ')
}

/** The parts of a complaint that are names by nature: Koha's error code, and where in the request it was. */
function detail(json: unknown): string {
  const { data } = errorBody.safeParse(json)
  if (data === undefined) return ''
  const complaints = Array.isArray(data) ? data : 'errors' in data ? data.errors : []
  const code = Array.isArray(data) || 'errors' in data ? undefined : data.error_code
  const names = [code, ...complaints.map(({ path }) => path)]
  const harmless = names.filter((name) => name !== undefined && /^[\w/.-]{1,60}$/.test(name))
  return harmless.length > 0 ? `, ${harmless.slice(0, 5).join(', ')}` : ''
}
