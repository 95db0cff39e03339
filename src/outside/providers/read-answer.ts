import type { z } from 'zod'
import type { Answer } from '../../base/answer.ts'
import { codeText } from './ask.ts'

/**
 * Returns a provider's answer in a shape that we know, or trouble naming the places (never the values) that were not.
 */
export function readAnswer<T>(title: string, schema: z.ZodType<T>, body: unknown): Answer<T> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return { ok: true, value: parsed.data }
  const places = parsed.error.issues.slice(0, 5).map((issue) => codeText(issue.path.join('.')))
  const message = `${title} answered in a shape that we do not know: ${places.join(', ')}`
  return { ok: false, trouble: { kind: 'nonsense', message } }
}
