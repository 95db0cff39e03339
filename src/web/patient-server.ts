import { createServer, type RequestListener, type Server } from 'node:http'

export interface Patience {
  /** Milliseconds until a request's headers must be there, and until all of it must. */
  headers: number
  request: number
  /** How often it is looked after those that are late. */
  look: number
}

const usual: Patience = { headers: 10_000, request: 30_000, look: 5_000 }

/** A server on which a client that sends half a request and waits gets no more than seconds (slow loris). */
export function patientServer(listener: RequestListener, patience: Patience = usual): Server {
  const server = createServer({ connectionsCheckingInterval: patience.look }, listener)
  server.headersTimeout = patience.headers
  server.requestTimeout = patience.request
  // Above what proxies in front usually keep (60 s), so that they never use a connection that we are closing.
  server.keepAliveTimeout = 65_000
  return server
}
