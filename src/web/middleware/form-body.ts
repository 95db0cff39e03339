import express, { type RequestHandler } from 'express'

/**
 * Reads posted forms: flat fields only, few and small. Responses of the identity provider are larger (13 KB when real),
 * and have a parser of their own.
 */
export function formBody({ large }: { large: string[] }): RequestHandler {
  const small = express.urlencoded({ extended: false, limit: '20kb', parameterLimit: 600 })
  const big = express.urlencoded({ extended: false, limit: '256kb', parameterLimit: 5 })
  return (req, res, next) => (large.includes(req.path) ? big : small)(req, res, next)
}
