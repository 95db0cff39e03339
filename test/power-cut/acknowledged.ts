import type { Neighbourhood } from '../../sandbox/neighbourhood.ts'
import type { Sql } from '../../src/database/database.ts'

/** What the world has been told, or has seen us do: all of it must be in the tables after a power cut. */
export interface Acknowledged {
  /** Ids of webhooks that were answered with 200. */
  webhooks: string[]
  /** References of payments that the card company was asked to open. */
  checkouts: string[]
  /** References of credits that Koha has got. */
  credits: string[]
  /** Message-IDs of letters that the mail server has taken. */
  letters: string[]
}

/** What stands at this instant. `flood` are webhooks posted beside those of the sandbox. */
export function acknowledged({ cards, koha, mailbox }: Neighbourhood, flood: string[]): Acknowledged {
  const { world } = cards
  const delivered = world.webhooks.deliveries.filter(({ state }) => state === 'delivered')
  const lines = [...koha.world.tables.lines.values()]
  return {
    webhooks: [...flood, ...delivered.map(({ message }) => String(JSON.parse(message.body).id))],
    checkouts: [...world.payments.values()].map(({ reference }) => reference),
    credits: lines.flatMap(({ kind, description }) =>
      kind === 'credit' && description?.startsWith('DEMO-') ? [description] : [],
    ),
    letters: mailbox.inbox.messages().flatMap(({ messageId }) => messageId ?? []),
  }
}

/** What the tables do not know of it any more. */
export async function forgotten(db: Sql, told: Acknowledged): Promise<Acknowledged> {
  const missing = async (ids: string[], known: string) => {
    const rows = await db.query<{ id: string }>(
      `select told as id from unnest($1::text[]) told where not exists (${known})`,
      [ids],
    )
    return rows.map(({ id }) => id)
  }
  return {
    webhooks: await missing(told.webhooks, 'select 1 from webhook where event_id = told'),
    checkouts: await missing(told.checkouts, 'select 1 from payment where reference = told'),
    credits: await missing(
      told.credits,
      `select 1 from koha_credit join payment on payment.id = payment_id
       where koha_credit.reference = told and payment.state = 'paid' and koha_credit.state <> 'not-booked'
         and exists (select 1 from posting where cause = payment.reference)`,
    ),
    letters: await missing(
      told.letters,
      `select 1 from notice join payment on payment.id = payment_id
       where payment.state = 'paid' and starts_with(told, '<' || message_id || '@')`,
    ),
  }
}

export function inWords({ webhooks, checkouts, credits, letters }: Acknowledged): string {
  return `${webhooks.length} webhooks, ${checkouts.length} checkouts, ${credits.length} credits, ${letters.length} letters`
}

export function count({ webhooks, checkouts, credits, letters }: Acknowledged): number {
  return webhooks.length + checkouts.length + credits.length + letters.length
}
