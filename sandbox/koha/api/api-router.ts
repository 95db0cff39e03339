import express, { type ErrorRequestHandler, type Request, type Response, Router } from 'express'
import type { Fault } from '../faults.ts'
import type { World } from '../world.ts'
import { answer, lacksPermission } from './answer.ts'
import { brokenInside, failed, malformed, patronNotFound, type Result, type Route } from './call.ts'
import type { Keys } from './keys.ts'
import { routes } from './routes.ts'

/** A call with everything that was sent both ways, for whoever holds both sides against the contract. */
export interface Exchanged {
  method: string
  path: string
  query: URLSearchParams
  headers: Request['headers']
  body: unknown
  status: number
  json: unknown
}

interface Options {
  world: World
  keys: Keys
  onExchange?: ((exchanged: Exchanged) => void) | undefined
}

const DEFAULT_DELAY = 60_000

/** Koha's API below /api/v1, with its faults. */
export function apiRouter({ world, keys, onExchange }: Options): Router {
  const router = Router()
  router.use(express.json({ limit: '1mb', strict: false }), express.urlencoded({ extended: false }))
  router.use(unreadableBody)

  router.post('/oauth/token', (request, response) =>
    serve(request, response, undefined, () => keys.issue(request.body)),
  )
  for (const route of routes) {
    router[route.method](route.path, (request, response) =>
      serve(request, response, route, () => answer(world, keys, route, request)),
    )
  }
  router.use((_request, response) => {
    response.status(404).json({ errors: [{ message: 'Not Found', path: '/' }], status: 404 })
  })
  return router

  async function serve(request: Request, response: Response, route: Route | undefined, work: () => Result) {
    const fault = world.faults.next(request.method, request.path)
    const result = await withFault(fault, route, work)
    remember(request, result === 'cut' ? null : result.status)
    if (result === 'cut') return void request.socket.destroy()
    if (fault?.kind !== 'html') tell(request, result)
    send(response, result)
  }

  /** What the caller gets to see of the work, and whether the work is done at all. */
  async function withFault(
    fault: Fault | undefined,
    route: Route | undefined,
    work: () => Result,
  ): Promise<Result | 'cut'> {
    const delay = fault?.milliseconds ?? DEFAULT_DELAY
    switch (fault?.kind) {
      case undefined:
        return work()
      case 'down':
        return 'cut'
      case 'slow':
        await world.faults.pause(delay)
        return work()
      case '500-before':
        return brokenInside
      case '500-after':
        work()
        return brokenInside
      case 'cut-after':
        work()
        return 'cut'
      case 'timeout-after':
        work()
        await world.faults.pause(delay)
        return 'cut'
      case 'html':
        return { status: 200, json: '<!DOCTYPE html><title>Sign in</title><h1>Sign in to Koha</h1>' }
      case '401':
        keys.revokeAll()
        return route ? failed(401, 'Authentication failure.') : work()
      case '403':
        return route ? lacksPermission(route) : failed(403, 'unauthorized_client')
      case '404':
        return route ? patronNotFound : work()
      case '503':
        return failed(503, 'System is under maintenance.')
    }
  }

  function remember(request: Request, status: number | null): void {
    const query = new URL(request.originalUrl, 'http://koha').search
    world.requests.push({ method: request.method, path: request.path, query, status })
    if (world.requests.length > 500) world.requests.shift()
  }

  function tell(request: Request, { status, json }: Result): void {
    if (!onExchange) return
    const { method, path, headers, body } = request
    const query = new URL(request.originalUrl, 'http://koha').searchParams
    onExchange({ method, path, query, headers, body, status, json })
  }
}

function send(response: Response, { status, json, headers = {} }: Result): void {
  response.status(status).set(headers)
  // A page is text; everything of Koha's is an object or an array.
  if (typeof json === 'string') response.type('html').send(json)
  else response.json(json)
}

const unreadableBody: ErrorRequestHandler = (_error, _request, response, _next) => {
  const { status, json } = malformed('/body', 'Expected object - got null.')
  response.status(status).json(json)
}
