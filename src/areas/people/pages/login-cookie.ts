import type { Request, Response } from 'express'
import { readCookie, signInCookie } from '../../../web/middleware/cookies.ts'
import { SIGN_IN_TIME } from '../begin-sign-in.ts'

/**
 * Returns the nonce that this browser holds while its person is at the identity provider; undefined when it holds
 * none of ours.
 */
export function readLoginCookie(req: Request, baseUrl: string): string | undefined {
  const value = readCookie(req, signInCookie(baseUrl).name)
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined
}

export function setLoginCookie(res: Response, baseUrl: string, nonce: string): void {
  const { name, options } = signInCookie(baseUrl)
  res.cookie(name, nonce, { ...options, maxAge: SIGN_IN_TIME })
}

export function clearLoginCookie(res: Response, baseUrl: string): void {
  const { name, options } = signInCookie(baseUrl)
  res.clearCookie(name, options)
}
