import { createServer, type RequestListener, type Server } from 'node:http'

/** Milliseconds. */
export interface Timeouts {
  /** Until a request's headers must be there. */
  headers: number
  /** Until all of it must. */
  request: number
  /** How often those that are late are looked for. */
  check: number
}

const usual: Timeouts = { headers: 10_000, request: 30_000, check: 5_000 }

/** Returns a server on which a client that sends half a request and waits gets no more than seconds (slow loris). */
export function createServerWithTimeouts(listener: RequestListener, timeouts: Timeouts = usual): Server {
  const server = createServer({ connectionsCheckingInterval: timeouts.check }, listener)
  server.headersTimeout = timeouts.headers
  server.requestTimeout = timeouts.request
  // Above what proxies in front usually keep (60 s), so that they never use a connection that we are closing.
  server.keepAliveTimeout = 65_000
  return server
}
