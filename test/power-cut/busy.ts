import { randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import type { Neighbourhood } from '../../sandbox/neighbourhood.ts'
import { createBrowser } from '../../sandbox/visitor/browser.ts'
import { formTo, signIn } from '../../sandbox/visitor/person.ts'

const PAYERS = ['amir', 'ingrid', 'lars', 'siv']
const POSTERS = 8

/** Keeps the product at work until it is stopped: people who pay one debt after another, and a flood of webhooks. */
export interface Busy {
  /** Ids of the flood's webhooks that have been answered with 200. */
  flood: string[]
  stop(): void
}

export async function keepBusy(neighbourhood: Neighbourhood, secret: string): Promise<Busy> {
  const busy = { flood: [] as string[], stopped: false }
  const payers = await Promise.all(PAYERS.map((name) => payer(neighbourhood, name)))
  for (const pay of payers) void again(busy, pay)
  const agent = new Agent({ keepAlive: true })
  for (let poster = 0; poster < POSTERS; poster += 1)
    void again(busy, async () => {
      const id = randomBytes(16).toString('hex')
      if (await post(`${neighbourhood.baseUrl}/webhooks/nets-easy`, agent, secret, id)) busy.flood.push(id)
    })
  return {
    flood: busy.flood,
    stop: () => {
      busy.stopped = true
      agent.destroy()
    },
  }
}

async function again(busy: { stopped: boolean }, act: () => Promise<unknown>): Promise<void> {
  while (!busy.stopped) await act().catch(() => new Promise((later) => setTimeout(later, 100)))
}

async function payer({ baseUrl, koha }: Neighbourhood, name: string): Promise<() => Promise<unknown>> {
  const browser = createBrowser()
  await signIn(browser, baseUrl, name)
  const patronId = koha.world.patron(name).id
  return async () => {
    const { id } = koha.world.addDebit({ patronId, type: 'MANUAL', amount: 45.67, libraryId: 'HUM' })
    const check = await browser.open(`${baseUrl}/fees/check?debit=${id}`)
    const checkout = await browser.send(check, formTo(check, /\/payments$/))
    await browser.send(checkout, formTo(checkout, /\/checkout\//), { do: 'vanish' })
  }
}

/** True when it was answered with 200. */
function post(url: string, agent: Agent, secret: string, id: string): Promise<boolean> {
  const body = JSON.stringify({ id, event: 'payment.created', data: { paymentId: id } })
  const headers = { 'content-type': 'application/json', authorization: secret }
  return new Promise((answered, failed) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume()
      response.once('end', () => answered(response.statusCode === 200))
    })
    sent.once('error', failed)
    sent.end(body)
  })
}
