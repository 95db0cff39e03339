import type { Own } from '../../database/database.ts'
import type { LineName } from './account-line.ts'

/** The line is known not to be in Koha and not to come: another may be sent. */
export async function recordNotBooked(own: Own, name: LineName, id: number): Promise<void> {
  await own.query(`update koha_${name} set state = 'not-booked' where id = $1 and state = 'sending'`, [id])
}

/** Koha has the line, under its own number. */
export async function recordBooked(
  own: Own,
  name: LineName,
  id: number,
  kohaId: number,
  at: Date,
): Promise<void> {
  await own.query(`update koha_${name} set state = 'booked', koha_id = $2, booked_at = $3 where id = $1`, [
    id,
    kohaId,
    at,
  ])
}
