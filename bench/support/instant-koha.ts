import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AMOUNT, debitsOf } from '../../test/support/filled-tables.ts'

/** A Koha that answers at once, for the patrons of the filled tables; and that can be down. */
export interface InstantKoha {
  apiUrl: string
  setDown(down: boolean): void
  /** Credits booked so far. */
  booked(): number
  stop(): void
}

const KRONOR = AMOUNT / 100

export async function startInstantKoha(debitsOfEachPatron: number): Promise<InstantKoha> {
  const paid = new Set<number>()
  let down = false
  let booked = 0

  const account = (patronId: number) => {
    const lines = debitsOf(patronId, debitsOfEachPatron)
      .filter((id) => !paid.has(id))
      .map((id) => ({
        account_line_id: id,
        amount: KRONOR,
        amount_outstanding: KRONOR,
        debit_type: 'OVERDUE',
      }))
    return { outstanding_debits: { lines }, outstanding_credits: { lines: [] } }
  }
  const credit = (body: {
    amount: number
    account_lines_ids: number[]
    description: string
    note: string
  }) => {
    for (const id of body.account_lines_ids) paid.add(id)
    booked += 1
    const { description, note } = body
    return {
      account_line_id: booked,
      amount: -body.amount,
      amount_outstanding: 0,
      credit_type: 'PAYMENT',
      description,
      internal_note: note,
    }
  }
  const server = createServer(async (request, response) => {
    const body = await textOf(request)
    const [, patronId, what] = /\/patrons\/(\d+)\/account(\/credits)?/.exec(request.url ?? '') ?? []
    if (down) return answer(response, 503, { error: 'down' })
    if (patronId === undefined) return answer(response, 404, { error: 'not found' })
    if (request.method === 'POST') return answer(response, 201, credit(JSON.parse(body)))
    return answer(response, 200, what === undefined ? account(Number(patronId)) : [])
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`,
    setDown: (value) => {
      down = value
    },
    booked: () => booked,
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

function answer(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
  })
  response.end(text)
}
