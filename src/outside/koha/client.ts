import type { z } from 'zod'
import type { Answer } from '../../base/answer.ts'
import { accept, isKohaError } from './answers.ts'
import { createAuthorisation, type KohaAuth } from './authorisation.ts'
import { createExchange, type Reply, type Request } from './exchange.ts'

/** How Koha is reached: the section `koha` of the settings, as much of it as the adapter uses. */
export interface KohaSettings {
  /** The REST API's address without a trailing slash: https://koha-staff.example.se/api/v1 */
  url: string
  auth: KohaAuth
  readSeconds: number
  writeSeconds: number
  /** When given, `tryOut` says if Koha knows no such library. */
  defaultLibrary?: string
}

export interface Question {
  path: string
  query?: Record<string, string>
  /** Names for x-koha-embed. */
  embed?: string
}

/** Questions and writes that carry the key. */
export interface Client {
  get(question: Question): Promise<Reply>
  post(path: string, body: object): Promise<Reply>
}

/**
 * Returns a client that renews a refused token once and repeats once. That is safe for a write too: a 401 is answered
 * before the request reaches what it asks for (Koha/REST/V1/Auth.pm).
 */
export function createClient(settings: KohaSettings, clock: { now(): Date }): Client {
  const exchange = createExchange(settings.url)
  const { auth, readSeconds: seconds, writeSeconds } = settings
  const authorisation = createAuthorisation({ auth, exchange, seconds, clock })

  async function send(request: Request, mayRenew = true): Promise<Reply> {
    const header = await authorisation.header()
    if (!header.ok) return { kind: 'not-sent', trouble: header.trouble }
    const reply = await exchange({
      ...request,
      headers: { ...request.headers, authorization: header.value },
    })
    const refused = reply.kind === 'answered' && reply.status === 401 && isKohaError(reply.json)
    return refused && mayRenew && authorisation.forget(header.value) ? send(request, false) : reply
  }

  /** A kept connection that Koha has just closed breaks under the question: asking does no harm, so it is asked once more. */
  async function get({ path, query, embed }: Question): Promise<Reply> {
    const headers = embed && { headers: { 'x-koha-embed': embed } }
    const request: Request = {
      method: 'GET',
      path,
      ...(query && { query }),
      ...headers,
      seconds,
      connection: 'kept',
    }
    const reply = await send(request)
    const broke = reply.kind === 'lost' && reply.trouble.kind === 'unreachable'
    return broke ? send({ ...request, connection: 'fresh' }) : reply
  }

  return {
    get,
    post: (path, body) =>
      send({
        method: 'POST',
        path,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        seconds: writeSeconds,
        connection: 'fresh',
      }),
  }
}

/** Returns a question whose answer has a known shape. */
export async function ask<T>(client: Client, question: Question, shape: z.ZodType<T>): Promise<Answer<T>> {
  return accept(await client.get(question), shape)
}
