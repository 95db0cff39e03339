import { type Browser, createBrowser } from '../../sandbox/visitor/browser.ts'
import { formTo, signIn } from '../../sandbox/visitor/person.ts'
import type { Lane } from './lane.ts'

/** Amir owes and pays, Eva proposes a refund and makes a batch, Erik approves. */
export interface People {
  amir: Browser
  eva: Browser
  erik: Browser
}

export async function signAllIn({ baseUrl }: Lane): Promise<People> {
  const signedIn = async (name: string, to?: string) => {
    const browser = createBrowser()
    const { status, url } = await signIn(browser, baseUrl, name, to)
    if (status !== 200) throw new Error(`${name} cannot sign in: ${status} at ${url}`)
    return browser
  }
  return {
    amir: await signedIn('amir'),
    eva: await signedIn('eva', '/economy'),
    erik: await signedIn('erik', '/economy'),
  }
}

/** One debt on its way through everything: paid, registered, given back, exported. */
export interface Tale {
  debitIds: number[]
  /** Kronor with a point, as Koha and the form have it; null gives all of it back. */
  refund: string | null
}

/** A step that a person takes, again and again until it is done. */
export interface Step {
  name: string
  isDone(): Promise<boolean>
  /** Does what a person would do now; nothing when it is only to wait for. Answers whether time must pass first. */
  act(): Promise<'acted' | 'must-wait'>
}

export const SUMS = [123.45, 67.8]

export function beginTale({ koha }: Lane, number: number): Tale {
  const patronId = koha.world.patron('amir').id
  const debits = SUMS.map((amount) =>
    koha.world.addDebit({ patronId, type: 'MANUAL', amount, libraryId: 'HUM' }),
  )
  return { debitIds: debits.map(({ id }) => id), refund: number % 2 === 0 ? null : '50.01' }
}

/** The payment of the tale's debts that was charged, or else the newest. */
export async function paymentOf({ db }: Lane, { debitIds }: Tale) {
  const rows = await db.query<{ id: number; reference: string; state: string; checkoutUrl: string | null }>(
    `select payment.id, reference, state, checkout_url as "checkoutUrl" from payment
     where exists (select 1 from payment_line line where line.payment_id = payment.id and line.debit_id = any($1))
     order by state = 'paid' desc, id desc`,
    [debitIds],
  )
  return rows[0]
}

export function stepsOf(lane: Lane, people: People, tale: Tale): Step[] {
  return [
    paying(lane, people, tale),
    refunding(lane, people, tale),
    exporting(lane, people, tale),
    fetching(lane, people, tale),
    hearing(lane, tale),
  ]
}

/** A receipt of the payment and a letter about the refund. */
export const LETTERS = 2

function hearing(lane: Lane, tale: Tale): Step {
  return {
    name: 'hear of it',
    isDone: async () => {
      const [row] = await lane.db.query<{ sent: number }>(
        `select count(*)::int as sent from notice where payment_id = $1 and state = 'sent'`,
        [(await paymentOf(lane, tale))?.id],
      )
      return row?.sent === LETTERS
    },
    act: async () => 'acted',
  }
}

function paying(lane: Lane, { amir }: People, tale: Tale): Step {
  const pay = async (url: string) => {
    const page = await amir.open(url)
    await amir.send(page, formTo(page, /\/checkout\//), { do: 'vanish' })
  }
  return {
    name: 'pay',
    isDone: async () => {
      const [row] = await lane.db.query(
        `select 1 from payment join write_back on write_back.payment_id = payment.id
         where payment.id = $1 and write_back.state = 'done'
           and exists (select 1 from notice where notice.payment_id = payment.id and notice.state = 'sent')`,
        [(await paymentOf(lane, tale))?.id],
      )
      return row !== undefined
    },
    act: async () => {
      const payment = await paymentOf(lane, tale)
      const charged = payment && isCharged(lane, payment.reference)
      if (charged || payment?.state === 'paid') return 'acted'
      if (payment?.state === 'created') return 'must-wait'
      if (payment?.state === 'open' && payment.checkoutUrl) await pay(payment.checkoutUrl)
      else {
        const query = tale.debitIds.map((id) => `debit=${id}`).join('&')
        const check = await amir.open(`${lane.baseUrl}/fees/check?${query}`)
        const checkout = await amir.send(check, formTo(check, /\/payments$/))
        await pay(checkout.url)
      }
      return 'acted'
    },
  }
}

function isCharged({ cards }: Lane, reference: string): boolean {
  return [...cards.world.payments.values()].some(
    (one) => one.reference === reference && one.charges.length > 0,
  )
}

function refunding(lane: Lane, { eva, erik }: People, tale: Tale): Step {
  const refundOf = async (payment: { id: number } | undefined) => {
    const [row] = await lane.db.query<{ state: string; koha: string; reference: string }>(
      'select state, koha, reference from refund where payment_id = $1 order by id desc',
      [payment?.id],
    )
    return row
  }
  return {
    name: 'refund',
    isDone: async () => {
      const refund = await refundOf(await paymentOf(lane, tale))
      return refund?.state === 'done' && refund.koha === 'done'
    },
    act: async () => {
      const payment = await paymentOf(lane, tale)
      const address = `${lane.baseUrl}/economy/payments/${payment?.reference}`
      if (!(await refundOf(payment))) {
        const page = await eva.open(address)
        const sum = tale.refund?.replace('.', ',')
        await eva.send(page, formTo(page, /\/refunds$/), {
          reason: 'Boken fanns på hyllan',
          ...(sum && { sum }),
        })
      }
      if ((await refundOf(payment))?.state === 'proposed') {
        const page = await erik.open(address)
        await erik.send(page, formTo(page, /\/approve$/))
      }
      return 'acted'
    },
  }
}

function exporting(lane: Lane, { eva }: People, tale: Tale): Step {
  return {
    name: 'export',
    isDone: async () => {
      const payment = await paymentOf(lane, tale)
      const [left] = await lane.db.query<{ postings: number }>(
        `select count(*)::int as postings from posting left join batch_posting on posting_id = posting.id
         where starts_with(cause, $1) and posting_id is null`,
        [payment?.reference],
      )
      return left?.postings === 0
    },
    act: async () => {
      const page = await eva.open(`${lane.baseUrl}/economy/batches/next`)
      await eva.send(page, formTo(page, /\/economy\/batches$/))
      return 'acted'
    },
  }
}

function fetching(lane: Lane, { eva }: People, tale: Tale): Step {
  const newest = async () => {
    const payment = await paymentOf(lane, tale)
    const [row] = await lane.db.query<{ number: number; format: string; fetched: boolean }>(
      `select batch_number as number, format,
              exists (select 1 from batch_download got where got.batch_number = file.batch_number) as fetched
       from batch_file file where batch_number = (select max(batch_number) from batch_posting
         join posting on posting.id = posting_id where starts_with(cause, $1)) order by format limit 1`,
      [payment?.reference],
    )
    return row
  }
  return {
    name: 'fetch the file',
    isDone: async () => (await newest())?.fetched === true,
    act: async () => {
      const file = await newest()
      await eva.open(`${lane.baseUrl}/economy/batches/${file?.number}/files/${file?.format}`)
      return 'acted'
    },
  }
}
