import type { Request, Response } from 'express'
import { SIGN_IN_TIME } from '../../people/begin-sign-in.ts'
import { readCookie, signInCookie } from '../middleware/cookies.ts'

/** What the browser keeps while its person is at the identity provider. */
export interface LoginCookie {
  nonce: string
  /** Chosen before sign-in. The session's own cookie does not come along with the response's post, so it travels here. */
  language?: 'sv' | 'en'
}

const form = /^([\w-]{43})(?:\.(sv|en))?$/

/** Undefined when the browser holds none, or something that we did not set. */
export function readLoginCookie(req: Request, baseUrl: string): LoginCookie | undefined {
  const [, nonce, language] = form.exec(readCookie(req, signInCookie(baseUrl).name) ?? '') ?? []
  if (!nonce) return undefined
  return { nonce, ...(language === 'sv' || language === 'en' ? { language } : {}) }
}

export function setLoginCookie(res: Response, baseUrl: string, { nonce, language }: LoginCookie): void {
  const { name, options } = signInCookie(baseUrl)
  res.cookie(name, language ? `${nonce}.${language}` : nonce, { ...options, maxAge: SIGN_IN_TIME })
}

export function clearLoginCookie(res: Response, baseUrl: string): void {
  const { name, options } = signInCookie(baseUrl)
  res.clearCookie(name, options)
}
