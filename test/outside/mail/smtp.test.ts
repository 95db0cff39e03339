import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type SandboxMailbox, startSandboxMailbox } from '../../../sandbox/mailbox/sandbox-mailbox.ts'
import { createSmtp, type Smtp, type SmtpSettings } from '../../../src/outside/mail/smtp.ts'
import type { Letter } from '../../../src/outside/ports/mail.ts'

const letter: Letter = {
  to: 'elsa@demo.kvitt.example',
  subject: 'Kvitto KV-7F3K-9Q2M-4T från Åsa Žižković',
  text: 'Du har betalat 886,00 kr – tack.',
  html: '<p>Du har betalat <b>886,00 kr</b> – tack.</p>',
  messageId: 'receipt-KV-7F3K-9Q2M-4T-1',
  attachments: [
    { filename: 'kvitto.pdf', contentType: 'application/pdf', content: Buffer.from('%PDF-1.7 å') },
  ],
}

describe('the mail server', () => {
  let mailbox: SandboxMailbox
  let smtp: Smtp
  const opened: Smtp[] = []
  const open = (more: Partial<SmtpSettings> = {}) => {
    const made = createSmtp({
      host: '127.0.0.1',
      port: mailbox.smtpPort,
      tls: 'none',
      from: 'Biblioteket å <kvitto@demo.kvitt.example>',
      ...more,
    })
    opened.push(made)
    return made
  }
  beforeAll(async () => {
    mailbox = await startSandboxMailbox()
    smtp = open()
  })
  beforeEach(() => mailbox.inbox.clear())
  afterAll(async () => {
    for (const one of opened) one.close()
    await mailbox.stop()
  })

  it('gets a letter as it was written, letters and attachment and all', async () => {
    expect(await smtp.send(letter)).toEqual({
      ok: true,
      value: { acceptedAs: '<receipt-KV-7F3K-9Q2M-4T-1@demo.kvitt.example>' },
    })
    const received = await mailbox.waitFor(({ to }) => to.includes(letter.to))
    expect(received).toMatchObject({
      to: [letter.to],
      subject: letter.subject,
      messageId: '<receipt-KV-7F3K-9Q2M-4T-1@demo.kvitt.example>',
      attachments: [{ filename: 'kvitto.pdf', contentType: 'application/pdf' }],
    })
    expect(received.from).toContain('Biblioteket å')
    expect(received.text.trim()).toBe(letter.text)
    expect(received.html).toContain(letter.html)
    expect(received.attachments[0]?.content.equals(Buffer.from('%PDF-1.7 å'))).toBe(true)
  })

  it('gets the same Message-ID when the same notice is sent again', async () => {
    await smtp.send(letter)
    await smtp.send(letter)
    expect(new Set(mailbox.messages().map(({ messageId }) => messageId)).size).toBe(1)
    expect(mailbox.messages()).toHaveLength(2)
  })

  it('is told of one address only, whatever stands in the field', async () => {
    const answer = await smtp.send({ ...letter, to: 'elsa@demo.kvitt.example, amir@demo.kvitt.example' })
    expect(answer.ok).toBe(false)
    expect(mailbox.messages()).toEqual([])
  })

  it('cannot be made to take a header from a subject', async () => {
    await smtp.send({ ...letter, subject: 'Kvitto\r\nBcc: amir@demo.kvitt.example' })
    const received = await mailbox.waitFor(() => true)
    expect(received.to).toEqual([letter.to])
    expect(mailbox.messages()).toHaveLength(1)
  })

  it('refuses an address for good, and we do not repeat the address', async () => {
    mailbox.inbox.refused.add('bengt@demo.kvitt.example')
    const answer = await smtp.send({ ...letter, to: 'bengt@demo.kvitt.example' })
    expect(answer).toEqual({
      ok: false,
      trouble: { kind: 'refused', message: 'the mail server does not take this address (550)' },
    })
  })

  it('may be down, and works again when it is up', async () => {
    const own = open()
    await mailbox.goDown()
    expect(await own.send(letter)).toMatchObject({ ok: false, trouble: { kind: 'unreachable' } })
    expect(await own.tryOut()).toMatchObject({ ok: false, trouble: { kind: 'unreachable' } })
    await mailbox.comeUp()
    expect(await own.tryOut()).toMatchObject({ ok: true })
    expect(await own.send(letter)).toMatchObject({ ok: true })
  })

  it('gets nothing in the open when STARTTLS is demanded and not offered', async () => {
    const answer = await open({ tls: 'starttls' }).send(letter)
    expect(answer).toMatchObject({ ok: false, trouble: { kind: 'broken' } })
    expect(mailbox.messages()).toEqual([])
  })

  it('may refuse every address for now (451): that is not for good', async () => {
    const busy = createServer((socket) => {
      socket.on('error', () => {})
      socket.write('220 busy ESMTP\r\n')
      socket.on('data', (data) => {
        for (const line of data.toString().split('\r\n').filter(Boolean)) {
          socket.write(line.startsWith('RCPT') ? '451 try later <elsa@demo.kvitt.example>\r\n' : '250 ok\r\n')
        }
      })
    })
    await new Promise<void>((done) => busy.listen(0, '127.0.0.1', done))
    const greylisted = open({ port: (busy.address() as AddressInfo).port })
    const answer = await greylisted.send(letter)
    expect(answer).toMatchObject({ ok: false, trouble: { kind: 'broken' } })
    expect(JSON.stringify(answer)).not.toContain('elsa')
    greylisted.close()
    await new Promise((done) => busy.close(done))
  })
})
