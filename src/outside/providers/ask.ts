import axios, { isAxiosError } from 'axios'
import type { Answer, Trouble } from '../../base/answer.ts'

export interface Question {
  method: 'GET' | 'POST' | 'PUT'
  path: string
  headers?: Record<string, string>
  body?: string
}

/** What the provider answered. `body` is parsed JSON; undefined when it was empty or, on an error status, no JSON. */
export interface Reply {
  status: number
  body: unknown
}

export type Ask = (question: Question) => Promise<Answer<Reply>>

export interface Line {
  /** What a person calls the provider; every message begins with it. */
  title: string
  apiUrl: string
  headers: Record<string, string>
  /** From the first byte out to the last byte in. */
  answerSeconds: number
}

const LARGEST_ANSWER = 1024 * 1024

/**
 * One HTTP call to a provider. Any status is an answer; no answer, a cut line or a success that holds no JSON is trouble.
 * Redirects are not followed: they would carry the secret key to another host.
 * Messages hold neither what was sent nor what came: axios's own errors carry the key in their headers.
 */
export function createAsk({ title, apiUrl, headers, answerSeconds }: Line): Ask {
  const client = axios.create({
    baseURL: apiUrl,
    timeout: answerSeconds * 1000,
    maxRedirects: 0,
    maxContentLength: LARGEST_ANSWER,
    responseType: 'text',
    transformResponse: (text: unknown) => text,
    validateStatus: () => true,
  })
  return async ({ method, path, body, headers: more }) => {
    try {
      const { status, data } = await client.request<string>({
        method,
        url: path,
        headers: { ...headers, ...more },
        data: body,
        // axios's time limit starts anew with each byte; this one does not
        signal: AbortSignal.timeout(answerSeconds * 1000),
      })
      return replyOf(title, status, data)
    } catch (error) {
      return { ok: false, trouble: lineTrouble(title, error, answerSeconds) }
    }
  }
}

function replyOf(title: string, status: number, text: string): Answer<Reply> {
  if (text === '') return { ok: true, value: { status, body: undefined } }
  try {
    return { ok: true, value: { status, body: JSON.parse(text) } }
  } catch {
    if (status >= 300) return { ok: true, value: { status, body: undefined } }
    return { ok: false, trouble: { kind: 'nonsense', message: `${title} answered ${status} with no JSON` } }
  }
}

const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])
const TOO_LATE = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ERR_CANCELED'])

function lineTrouble(title: string, error: unknown, answerSeconds: number): Trouble {
  if (!isAxiosError(error)) throw error
  const code = error.code ?? 'no code'
  if (TOO_LATE.has(code)) {
    return { kind: 'timeout', message: `${title} did not answer within ${answerSeconds} s` }
  }
  if (UNREACHABLE.has(code)) return { kind: 'unreachable', message: `${title} cannot be reached (${code})` }
  return { kind: 'broken', message: `The line to ${title} broke (${code})` }
}

/** An error status in words for staff. `detail` must hold codes only, never the provider's free text. */
export function statusTrouble(title: string, status: number, detail = ''): Trouble {
  const tail = detail === '' ? '' : `: ${detail}`
  if (status === 401) return { kind: 'forbidden', message: `${title} refuses our secret key (401)${tail}` }
  if (status === 403) {
    return { kind: 'forbidden', message: `${title} says that our key may not do this (403)${tail}` }
  }
  if (status === 429) return { kind: 'refused', message: `${title} has been asked too often (429)${tail}` }
  if (status >= 500) return { kind: 'broken', message: `${title} failed (${status})${tail}` }
  if (status >= 400) return { kind: 'refused', message: `${title} refused (${status})${tail}` }
  return { kind: 'nonsense', message: `${title} answered an unexpected ${status}${tail}` }
}

/** A code from outside, made fit for a message: letters, digits and . _ - [ ] only, at most 100. */
export function codeText(code: unknown): string {
  return typeof code === 'string' || typeof code === 'number'
    ? String(code)
        .replace(/[^\w.[\]-]/g, '')
        .slice(0, 100)
    : ''
}
