import type { Own, Tx } from '../../database/database.ts'

/** Claims the turn to write to a patron's account. Returns false while another process has it. */
export async function claimTurn(
  own: Own,
  patronId: number,
  holder: string,
  now: Date,
  until: Date,
): Promise<boolean> {
  const rows = await own.query(
    `insert into koha_turn (patron_id, holder, until) values ($1, $2, $4)
     on conflict (patron_id) do update set holder = $2, until = $4 where koha_turn.until <= $3 or koha_turn.holder = $2
     returning patron_id`,
    [patronId, holder, now, until],
  )
  return rows.length > 0
}

export async function releaseTurn(sql: Tx | Own, patronId: number, holder: string): Promise<void> {
  await sql.query('delete from koha_turn where patron_id = $1 and holder = $2', [patronId, holder])
}
