/** Sends events as the providers do, and as badly as the world wants. */

/** How the next events are sent. */
export interface Behaviour {
  delayMs: number
  /** How many times each event is sent. */
  copies: number
  order: 'as-it-happened' | 'backwards' | 'shuffled'
  drop: 'none' | 'all' | 'every-other'
  /** Kept back until `release`: a provider whose queue stands still. */
  hold: boolean
  /** Nets Easy has two versions of some events; subscribed sends the one that was asked for. */
  versions: 'subscribed' | 'v1' | 'v2' | 'both'
  numbersAsStrings: boolean
  extraKeys: boolean
  proof: 'right' | 'wrong' | 'none'
}

export const wellBehaved: Behaviour = {
  delayMs: 0,
  copies: 1,
  order: 'as-it-happened',
  drop: 'none',
  hold: false,
  versions: 'subscribed',
  numbersAsStrings: false,
  extraKeys: false,
  proof: 'right',
}

export interface WebhookTiming {
  /** Waiting times before each new try. The providers tell no schedule; these are quick for people who watch. */
  backoffMs: number[]
  /** Nets Easy hangs up after 10 s. */
  cutOffMs: number
}

/** One event on its way to one address. `headers` are made anew for each try: Stripe signs the time of sending. */
export interface Message {
  paymentId: string
  event: string
  url: string
  body: string
  headers: (body: string, at: Date, proof: Behaviour['proof']) => Record<string, string>
  acknowledged: (status: number) => boolean
}

export interface Delivery {
  id: number
  message: Message
  tries: { at: Date; result: string }[]
  state: 'waiting' | 'held' | 'delivered' | 'given-up' | 'dropped'
}

export interface Webhooks {
  behaviour: Behaviour
  readonly deliveries: Delivery[]
  /** Sends events that happened together. */
  send(batch: Message[]): void
  /** Sends what was kept back. */
  release(): void
  /** Sends one again, whatever became of it, in the right way. */
  resend(deliveryId: number): void
  /** Resolves when nothing is on its way and no new try is planned. */
  idle(): Promise<void>
  stop(): Promise<void>
}

/** As many as the admin page shows and memory should hold. */
const MOST_REMEMBERED = 2000

export function createWebhooks({ backoffMs, cutOffMs }: WebhookTiming, now: () => Date): Webhooks {
  const stopping = new AbortController()
  const running = new Set<Promise<void>>()
  const deliveries: Delivery[] = []
  let lastId = 0

  const track = (work: Promise<void>): void => {
    running.add(work)
    void work.finally(() => running.delete(work))
  }

  const tryOnce = async (delivery: Delivery): Promise<boolean> => {
    const { message } = delivery
    const headers = message.headers(message.body, now(), webhooks.behaviour.proof)
    const result = await post(
      message,
      headers,
      AbortSignal.any([stopping.signal, AbortSignal.timeout(cutOffMs)]),
    )
    delivery.tries.push({ at: now(), result: String(result) })
    const delivered = typeof result === 'number' && message.acknowledged(result)
    if (delivered) delivery.state = 'delivered'
    return delivered
  }

  const repost = async (delivery: Delivery): Promise<void> => {
    for (const wait of backoffMs) {
      await pause(wait, stopping.signal)
      if (stopping.signal.aborted) return
      if (await tryOnce(delivery)) return
    }
    if (delivery.state !== 'delivered') delivery.state = 'given-up'
  }

  const sendOne = async (delivery: Delivery): Promise<void> => {
    if (!(await tryOnce(delivery))) track(repost(delivery))
  }

  /**
   * First tries go out one event after the other, so that the order is what it says, and the copies of an event all at
   * once; new tries wait for nobody.
   */
  const sendBatch = async (batch: Delivery[][], delayMs: number): Promise<void> => {
    if (delayMs > 0) await pause(delayMs, stopping.signal)
    for (const copies of batch) {
      if (stopping.signal.aborted) return
      await Promise.all(copies.map(sendOne))
    }
  }

  const remember = (message: Message, state: Delivery['state']): Delivery => {
    lastId += 1
    const delivery: Delivery = { id: lastId, message, tries: [], state }
    deliveries.push(delivery)
    if (deliveries.length > MOST_REMEMBERED) deliveries.shift()
    return delivery
  }

  const webhooks: Webhooks = {
    behaviour: { ...wellBehaved },
    deliveries,
    send: (batch) => {
      const { copies, order, drop, delayMs, hold } = webhooks.behaviour
      const dropped = (index: number) => drop === 'all' || (drop === 'every-other' && index % 2 === 1)
      const kept = batch.filter((message, index) => {
        if (dropped(index)) remember(message, 'dropped')
        return !dropped(index)
      })
      const outgoing = arranged(kept, order).map((message) =>
        Array.from({ length: copies }, () => remember(message, hold ? 'held' : 'waiting')),
      )
      if (outgoing.length > 0 && !hold) track(sendBatch(outgoing, delayMs))
    },
    release: () => {
      const held = deliveries.filter(({ state }) => state === 'held')
      for (const delivery of held) delivery.state = 'waiting'
      const oneByOne = held.map((delivery) => [delivery])
      if (held.length > 0) track(sendBatch(oneByOne, 0))
    },
    resend: (deliveryId) => {
      const old = deliveries.find(({ id }) => id === deliveryId)
      if (!old) return
      const { headers } = old.message
      const right: Message = { ...old.message, headers: (body, at) => headers(body, at, 'right') }
      track(sendBatch([[remember(right, 'waiting')]], 0))
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running)
    },
    stop: async () => {
      stopping.abort()
      await webhooks.idle()
    },
  }
  return webhooks
}

async function post(
  { url, body }: Message,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<number | string> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
      signal,
    })
    await response.arrayBuffer()
    return response.status
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'no answer in time' : 'no connection'
  }
}

function arranged(batch: Message[], order: Behaviour['order']): Message[] {
  if (order === 'as-it-happened') return batch
  if (order === 'backwards') return batch.toReversed()
  const left = [...batch]
  const shuffled: Message[] = []
  while (left.length > 0) shuffled.push(...left.splice(Math.floor(Math.random() * left.length), 1))
  return shuffled
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
  })
}
