import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import { type Log, withTrail } from '../../base/log.ts'

/**
 * Gives each request an id (header X-Request-Id, `res.locals.requestId`), under which all its log lines stand, and writes
 * one line when it is answered: method, route, status, milliseconds. The route is the pattern (`/payments/:id`), never the
 * address: addresses hold what people typed.
 */
export function requestTrail({ log }: { log: Log }): RequestHandler {
  return (req, res, next) => {
    const id = randomUUID()
    const start = performance.now()
    res.locals.requestId = id
    res.setHeader('X-Request-Id', id)
    res.on('close', () => {
      const route = typeof req.route?.path === 'string' ? `${req.baseUrl}${req.route.path}` : 'no route'
      const milliseconds = Math.round(performance.now() - start)
      const cut = res.writableFinished ? {} : { cut: true }
      log.info(
        {
          event: 'request.answered',
          request: id,
          method: req.method,
          route,
          status: res.statusCode,
          milliseconds,
          ...cut,
        },
        'request answered',
      )
    })
    withTrail({ request: id }, () => next())
  }
}
