import { createTransport, type SentMessageInfo } from 'nodemailer'
import type { Answer } from '../../base/answer.ts'
import type { Letter, Mailer } from '../ports/mail.ts'
import { smtpTrouble } from './smtp-trouble.ts'

export interface SmtpSettings {
  host: string
  port: number
  /** `starttls` is demanded: a server that does not offer it gets no mail. */
  tls: 'none' | 'starttls' | 'tls'
  user?: string | undefined
  password?: string | undefined
  /** "Library <address>". */
  from: string
  replyTo?: string | undefined
}

export interface Smtp extends Mailer {
  /** Hangs up. Mail under way is finished first. */
  close(): void
}

const SECOND = 1000

/**
 * Returns the mailer: a mail server that takes our letters over SMTP. Each letter goes to one address, and nothing in
 * it is read from a file or fetched. No trouble that it reports holds an address.
 */
export function createSmtp(settings: SmtpSettings): Smtp {
  const { host, port, tls, user, password, from, replyTo } = settings
  const transport = createTransport({
    host,
    port,
    secure: tls === 'tls',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(user && password ? { auth: { user, pass: password } } : {}),
    pool: true,
    maxConnections: 2,
    connectionTimeout: 10 * SECOND,
    greetingTimeout: 10 * SECOND,
    socketTimeout: 30 * SECOND,
    dnsTimeout: 10 * SECOND,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const sender = addressIn(from)
  const idHost = sender.slice(sender.lastIndexOf('@') + 1)

  const send = async (letter: Letter): Promise<Answer<{ acceptedAs: string }>> => {
    // Nodemailer takes a text apart at commas and writes to everybody in it.
    if (/[\s,;:<>()"]/.test(letter.to)) {
      return { ok: false, trouble: { kind: 'refused', message: 'not one mail address' } }
    }
    const sent: SentMessageInfo = await transport.sendMail({
      from,
      ...(replyTo ? { replyTo } : {}),
      to: { name: '', address: letter.to },
      envelope: { from: sender, to: [letter.to] },
      subject: letter.subject,
      text: letter.text,
      html: letter.html,
      messageId: `<${letter.messageId}@${idHost}>`,
      // Absence notes and such are not to answer a receipt (RFC 3834).
      headers: { 'Auto-Submitted': 'auto-generated' },
      attachments: letter.attachments,
    })
    return { ok: true, value: { acceptedAs: sent.messageId } }
  }
  return {
    send: (letter) => send(letter).catch((error: unknown) => ({ ok: false, trouble: smtpTrouble(error) })),
    tryOut: () =>
      transport.verify().then(
        () => ({ ok: true, value: `${host}:${port} takes mail` }),
        (error: unknown) => ({ ok: false, trouble: smtpTrouble(error) }),
      ),
    close: () => transport.close(),
  }
}

/** The bare address of "Library <address>". */
function addressIn(sender: string): string {
  return /<([^<>]+)>\s*$/.exec(sender)?.[1] ?? sender.trim()
}
