import express, { type Request, type Response, Router } from 'express'
import type { Inbox, Received } from './inbox.ts'
import { inboxPage, letterPage } from './inbox-pages.ts'
import type { SmtpDoor } from './smtp-door.ts'

/** The inbox for people (pages) and for tests (JSON), and the switches. */
export function inboxRouter(inbox: Inbox, door: SmtpDoor): Router {
  const router = Router()
  router.use(express.urlencoded({ extended: false }), express.json(), (_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store')
    res.setHeader('X-Content-Type-Options', 'nosniff')
    next()
  })
  router.get('/', (_req, res) => {
    res.send(inboxPage({ messages: inbox.messages(), refused: [...inbox.refused], open: door.isOpen() }))
  })
  router.get(
    '/messages/:id',
    withMessage(inbox, (message, _req, res) => res.send(letterPage(message))),
  )
  router.get('/messages/:id/html', withMessage(inbox, sendHtml))
  router.get('/messages/:id/attachments/:place', withMessage(inbox, sendAttachment))
  router.post('/clear', (_req, res) => {
    inbox.clear()
    res.redirect(303, '/')
  })
  router.post('/switches', async (req, res) => {
    await turnSwitches(inbox, door, req.body)
    res.redirect(303, '/')
  })

  router.get('/api/messages', (_req, res) => {
    res.json(inbox.messages().map(asJson))
  })
  router.delete('/api/messages', (_req, res) => {
    inbox.clear()
    res.status(204).end()
  })
  router.put('/api/switches', async (req, res) => {
    await turnSwitches(inbox, door, req.body)
    res.json({ open: door.isOpen(), refused: [...inbox.refused] })
  })
  return router
}

type Handler = (message: Received, req: Request, res: Response) => unknown

function withMessage(inbox: Inbox, handle: Handler) {
  return (req: Request, res: Response) => {
    const message = inbox.message(Number(req.params.id))
    if (message) handle(message, req, res)
    else res.status(404).send('No such letter')
  }
}

/** A letter may hold anything, so the browser gets it as from nobody: no scripts, no requests. */
function sendHtml({ html }: Received, _req: Request, res: Response): void {
  res.setHeader(
    'Content-Security-Policy',
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
  )
  res.send(html ?? '')
}

function sendAttachment({ attachments }: Received, req: Request, res: Response): void {
  const attachment = attachments[Number(req.params.place)]
  if (!attachment) {
    res.status(404).send('No such attachment')
    return
  }
  res.attachment(attachment.filename).type(attachment.contentType).send(attachment.content)
}

/** `mail`: up or down. `refuse` and `accept`: an address. */
async function turnSwitches(
  inbox: Inbox,
  door: SmtpDoor,
  body: Record<string, unknown> | undefined,
): Promise<void> {
  const { mail, refuse, accept } = body ?? {}
  if (mail === 'down') await door.close()
  if (mail === 'up') await door.open()
  if (typeof refuse === 'string' && refuse.trim()) inbox.refused.add(refuse.trim().toLowerCase())
  if (typeof accept === 'string') inbox.refused.delete(accept.toLowerCase())
}

function asJson({ attachments, ...message }: Received) {
  return {
    ...message,
    attachments: attachments.map(({ filename, contentType, content }) => ({
      filename,
      contentType,
      bytes: content.length,
    })),
  }
}
