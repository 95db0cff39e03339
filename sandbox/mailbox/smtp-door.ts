import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import type { Inbox } from './inbox.ts'

const LARGEST = 10 * 1024 * 1024
/** Among the refused: then nobody's mail is taken. */
export const EVERYBODY = '*'

export interface SmtpDoor {
  port: number
  isOpen(): boolean
  /** Closes the port, so that connections are refused, until `open`. */
  close(): Promise<void>
  open(): Promise<void>
}

/** An SMTP server on loopback that takes everything into the inbox, except for addresses that are refused. */
export async function startSmtpDoor(inbox: Inbox, wantedPort: number): Promise<SmtpDoor> {
  let server: SMTPServer | undefined = await listen(inbox, wantedPort)
  const { port } = server.server.address() as AddressInfo
  return {
    port,
    isOpen: () => server !== undefined,
    async close() {
      const closing = server
      server = undefined
      if (closing) await new Promise<void>((done) => closing.close(() => done()))
    },
    async open() {
      server ??= await listen(inbox, port)
    },
  }
}

function listen(inbox: Inbox, port: number): Promise<SMTPServer> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: LARGEST,
    // On closing, mail in hand is finished and idle connections are cut at once.
    closeTimeout: 200,
    onAuth: (_auth, _session, callback) => callback(null, { user: 'anybody' }),
    onRcptTo({ address }, _session, callback) {
      const refused = inbox.refused.has(EVERYBODY) || inbox.refused.has(address.toLowerCase())
      callback(refused ? refusal() : null)
    },
    onData(stream, session, callback) {
      buffer(stream)
        .then((raw) =>
          inbox.add(
            raw,
            session.envelope.rcptTo.map(({ address }) => address),
          ),
        )
        .then(
          () => callback(),
          (error: Error) => callback(error),
        )
    },
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      // A client that hangs up in the middle is no news.
      server.on('error', () => {})
      resolve(server)
    })
  })
}

function refusal(): Error & { responseCode: number } {
  return Object.assign(new Error('No such mailbox here'), { responseCode: 550 })
}
