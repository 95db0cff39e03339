import type { World } from '../world.ts'

/** A request that has passed the key and the permissions. */
export interface Call {
  world: World
  params: Record<string, string>
  query: URLSearchParams
  /** x-koha-embed, split. */
  embed: string[]
  body: unknown
}

export interface Result {
  status: number
  json: unknown
  headers?: Record<string, string>
}

/** Koha's words for what a call needs: an object means all of them, a list any one; "1" is the whole module. */
export type Permissions = Record<string, string> | Record<string, string>[]

export interface Route {
  method: 'get' | 'post'
  /** As Express writes it, below /api/v1. */
  path: string
  permissions: Permissions
  /** Query parameters that the contract names; any other is refused. */
  parameters: string[]
  /** Values of x-koha-embed that the contract names. */
  embeds?: string[]
  handle(call: Call): Result
}

/** Koha's own error (Koha/REST/Plugin/Exceptions.pm). */
export function failed(status: number, error: string, more: object = {}): Result {
  return { status, json: { error, ...more } }
}

/** The framework's error for a request that breaks the contract. */
export function malformed(path: string, message: string): Result {
  return { status: 400, json: { errors: [{ message, path }], status: 400 } }
}

export const brokenInside: Result = failed(500, 'Something went wrong, check Koha logs for details.', {
  error_code: 'internal_server_error',
})

/** A path parameter that the contract calls an integer. */
export function numberIn(call: Call, name: string): number | undefined {
  const text = call.params[name] ?? ''
  return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined
}

export const patronNotFound = failed(404, 'Patron not found.')

/** Whether what is granted covers what is needed (C4::Auth haspermission). */
export function permits(granted: Set<string>, needed: Permissions): boolean {
  if (Array.isArray(needed)) return needed.some((one) => permits(granted, one))
  return Object.entries(needed).every(
    ([module, part]) => granted.has(module) || (part !== '1' && granted.has(`${module}:${part}`)),
  )
}
