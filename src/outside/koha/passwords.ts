import { z } from 'zod'
import type { Answer } from '../../base/answer.ts'
import { accept, isRefusedByKoha } from './answers.ts'
import type { Client } from './client.ts'

const validated = z.object({ patron_id: z.int(), cardnumber: z.string().nullish() })

/**
 * Returns Koha's number of the patron whose card and password these are; undefined when they are not, and Koha does
 * not say which of the two is wrong (Koha/REST/V1/Auth/Password.pm answers 201 or 400). Koha would take a user id
 * too, and looks for it first: what it found must carry the very card that was typed.
 */
export async function validatePassword(
  client: Client,
  cardNumber: string,
  password: string,
): Promise<Answer<number | undefined>> {
  const reply = await client.post('/auth/password/validation', { identifier: cardNumber, password })
  if (isRefusedByKoha(reply)) return { ok: true, value: undefined }
  const answer = accept(reply, validated)
  if (!answer.ok) return answer
  const { patron_id: id, cardnumber } = answer.value
  return { ok: true, value: cardnumber?.normalize('NFC') === cardNumber.normalize('NFC') ? id : undefined }
}
