import type { Request } from 'express'
import type { World } from '../world.ts'
import { failed, malformed, permits, type Result, type Route } from './call.ts'
import type { Keys } from './keys.ts'

/** One request through Koha's gate, in its order: the key, the permissions, the query's names, then the work. */
export function answer(world: World, keys: Keys, route: Route, request: Request): Result {
  const refusal = keys.refusal(request.headers.authorization)
  if (refusal) return refusal
  if (!permits(world.permissions, route.permissions)) return lacksPermission(route)

  const query = new URL(request.originalUrl, 'http://koha').searchParams
  const strangers = [...new Set(query.keys())].filter((name) => !route.parameters.includes(name))
  if (strangers.length > 0) {
    const json = strangers.map((name) => ({ path: `/query/${name}`, message: 'Malformed query string' }))
    return { status: 400, json }
  }

  const embed = String(request.headers['x-koha-embed'] ?? '')
    .split(',')
    .filter(Boolean)
  if (embed.some((name) => !route.embeds?.includes(name))) {
    return malformed('/x-koha-embed/0', 'Not in enum list.')
  }
  const params = request.params as Record<string, string>
  return route.handle({ world, params, query, embed, body: request.body })
}

/** Koha's 403, which names what is missing. */
export function lacksPermission(route: Route): Result {
  return failed(403, 'Authorization failure. Missing required permission(s).', {
    required_permissions: route.permissions,
  })
}
