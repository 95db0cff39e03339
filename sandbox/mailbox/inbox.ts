import { type ParsedMail, simpleParser } from 'mailparser'

/** A letter as it came in. */
export interface Received {
  id: number
  receivedAt: Date
  from: string
  to: string[]
  subject: string
  text: string
  html: string | null
  messageId: string | null
  attachments: { filename: string; contentType: string; content: Buffer }[]
}

export interface Inbox {
  /** Newest first. */
  messages(): Received[]
  message(id: number): Received | undefined
  add(raw: Buffer, to: string[]): Promise<Received>
  clear(): void
  /** The first letter that fits, already there or still to come; throws when none has come in time. */
  waitFor(fits: (message: Received) => boolean, milliseconds?: number): Promise<Received>
  /** Addresses that are refused with 550, lower case. */
  refused: Set<string>
}

const MOST_MESSAGES = 500

/** What has arrived, in memory. */
export function createInbox(now: () => Date): Inbox {
  const received: Received[] = []
  const waiting = new Set<(message: Received) => void>()
  let lastId = 0

  return {
    messages: () => received.toReversed(),
    message: (id) => received.find((message) => message.id === id),
    async add(raw, to) {
      const parsed = await simpleParser(raw)
      lastId += 1
      const message = asReceived(parsed, { id: lastId, receivedAt: now(), to })
      received.push(message)
      if (received.length > MOST_MESSAGES) received.shift()
      for (const tell of [...waiting]) tell(message)
      return message
    },
    clear: () => {
      received.length = 0
    },
    waitFor(fits, milliseconds = 5000) {
      const found = received.find(fits)
      if (found) return Promise.resolve(found)
      return new Promise((resolve, reject) => {
        const end = () => {
          clearTimeout(timer)
          waiting.delete(tell)
        }
        const timer = setTimeout(() => {
          end()
          reject(new Error(`No such letter within ${milliseconds} ms; ${received.length} others`))
        }, milliseconds)
        const tell = (message: Received) => {
          if (!fits(message)) return
          end()
          resolve(message)
        }
        waiting.add(tell)
      })
    },
    refused: new Set(),
  }
}

function asReceived(
  mail: ParsedMail,
  { id, receivedAt, to }: Pick<Received, 'id' | 'receivedAt' | 'to'>,
): Received {
  return {
    id,
    receivedAt,
    to,
    from: mail.from?.text ?? '',
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html || null,
    messageId: mail.messageId ?? null,
    attachments: mail.attachments.map(({ filename, contentType, content }) => ({
      filename: filename ?? 'attachment',
      contentType,
      content,
    })),
  }
}
