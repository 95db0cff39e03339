import { Router } from 'express'
import type { Context } from '../../context.ts'

/** The pages of the desk, under /desk. */
export function deskRouter(_uses: Context): Router {
  return Router()
}
