import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { createInbox, type Inbox, type Received } from './inbox.ts'
import { inboxRouter } from './inbox-router.ts'
import { startSmtpDoor } from './smtp-door.ts'

export interface SandboxMailboxOptions {
  /** 0, the default, takes a free port. */
  smtpPort?: number
  httpPort?: number
  now?: () => Date
}

export interface SandboxMailbox {
  smtpPort: number
  /** smtp://127.0.0.1:… */
  smtpUrl: string
  /** The inbox for people. */
  url: string
  inbox: Inbox
  /** Newest first. */
  messages(): Received[]
  waitFor: Inbox['waitFor']
  /** The mail server refuses connections, until comeUp. The inbox stays readable. */
  goDown(): Promise<void>
  comeUp(): Promise<void>
  isOpen(): boolean
  stop(): Promise<void>
}

/** Everybody's mailbox on loopback: a mail server, and a page on which one reads what has been sent to whomever. */
export async function startSandboxMailbox(options: SandboxMailboxOptions = {}): Promise<SandboxMailbox> {
  const { smtpPort = 0, httpPort = 0, now = () => new Date() } = options
  const inbox = createInbox(now)
  const door = await startSmtpDoor(inbox, smtpPort)
  const app = express().disable('x-powered-by')
  app.use(inboxRouter(inbox, door))
  const server = await listen(app, httpPort)
  return {
    smtpPort: door.port,
    smtpUrl: `smtp://127.0.0.1:${door.port}`,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    inbox,
    messages: inbox.messages,
    waitFor: inbox.waitFor,
    goDown: door.close,
    comeUp: door.open,
    isOpen: door.isOpen,
    async stop() {
      await Promise.all([door.close(), close(server)])
    },
  }
}

function listen(app: express.Express, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(app)
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
