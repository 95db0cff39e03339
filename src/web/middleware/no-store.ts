import type { RequestHandler } from 'express'

/** No page of ours is kept by browsers or proxies: the next person at a library computer must not go back to it. After the static files. */
export const noStore: RequestHandler = (_req, res, next) => {
  res.setHeader('Cache-Control', 'no-store')
  next()
}
