import { Router } from 'express'
import type { Context } from '../../context.ts'
import type { Metrics } from '../../metrics.ts'

/** The pages of those who keep Kvitt running, under /operations. */
export function operationsRouter(_uses: Context & { metrics: Metrics }): Router {
  return Router()
}
