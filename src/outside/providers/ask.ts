import type { Answer, Trouble } from '../../base/answer.ts'
import { createHttp } from '../http.ts'

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
 * Returns what makes one HTTP call to a provider. Any status is an answer; no answer, a cut line or a success that holds
 * no JSON is trouble.
 */
export function createAsk({ title, apiUrl, headers, answerSeconds }: Line): Ask {
  const http = createHttp()
  return async ({ path, headers: more, ...question }) => {
    const outcome = await http.send({
      ...question,
      url: `${apiUrl}${path}`,
      headers: { accept: 'application/json', ...headers, ...more },
      to: title,
      seconds: answerSeconds,
      mostBytes: LARGEST_ANSWER,
      connection: 'kept',
    })
    if (outcome.kind !== 'answered') return { ok: false, trouble: outcome.trouble }
    return replyOf(title, outcome.status, outcome.text)
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

/** Returns an error status in words for staff. `detail` must hold codes only, never the provider's free text. */
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

/** Returns a code from outside, made fit for a message: letters, digits and . _ - [ ] only, at most 100. */
export function codeText(code: unknown): string {
  return typeof code === 'string' || typeof code === 'number'
    ? String(code)
        .replace(/[^\w.[\]-]/g, '')
        .slice(0, 100)
    : ''
}
