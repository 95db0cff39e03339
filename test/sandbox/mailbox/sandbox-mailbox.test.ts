import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type SandboxMailbox, startSandboxMailbox } from '../../../sandbox/mailbox/sandbox-mailbox.ts'

describe("the sandbox's mailbox", () => {
  let mailbox: SandboxMailbox
  beforeAll(async () => {
    mailbox = await startSandboxMailbox()
  })
  beforeEach(() => mailbox.inbox.clear())
  afterAll(() => mailbox.stop())

  const send = (more: object = {}) =>
    createTransport(mailbox.smtpUrl).sendMail({
      from: 'a@demo.kvitt.example',
      to: 'elsa@demo.kvitt.example',
      subject: 'Hej <b>Elsa</b>',
      text: 'text',
      ...more,
    })
  const page = async (path: string) => {
    const answer = await fetch(`${mailbox.url}${path}`)
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  }

  it('shows what has arrived, with everything from outside escaped', async () => {
    await send()
    const { text } = await page('/')
    expect(text).toContain('Hej &lt;b&gt;Elsa&lt;/b&gt;')
    expect(text).toContain('elsa@demo.kvitt.example')
  })

  it('shows a letter as HTML in a cage: no scripts, no requests', async () => {
    await send({ html: '<script>alert(1)</script><img src="https://elsewhere.example/x">' })
    const [message] = mailbox.messages()
    const letter = await page(`/messages/${message?.id}`)
    expect(letter.text).toMatch(/<iframe sandbox src="\/messages\/\d+\/html"/)
    const inner = await page(`/messages/${message?.id}/html`)
    expect(inner.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/)
  })

  it('gives attachments back byte for byte', async () => {
    const content = Buffer.from([0, 1, 2, 253, 254, 255])
    await send({ attachments: [{ filename: 'kvitto å.pdf', content, contentType: 'application/pdf' }] })
    const answer = await fetch(`${mailbox.url}/messages/${mailbox.messages()[0]?.id}/attachments/0`)
    expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true)
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    expect(answer.headers.get('content-disposition')).toContain('attachment')
  })

  it('tells a test when the letter that it waits for comes', async () => {
    const waiting = mailbox.waitFor(({ subject }) => subject === 'second')
    await send({ subject: 'first' })
    await send({ subject: 'second' })
    expect((await waiting).subject).toBe('second')
    await expect(mailbox.waitFor(({ subject }) => subject === 'never', 10)).rejects.toThrow(/No such letter/)
  })

  it('lists letters as JSON and forgets them when told', async () => {
    await send()
    expect(JSON.parse((await page('/api/messages')).text)).toMatchObject([
      { to: ['elsa@demo.kvitt.example'] },
    ])
    await fetch(`${mailbox.url}/api/messages`, { method: 'DELETE' })
    expect(mailbox.messages()).toEqual([])
  })

  it('has switches: the server down, an address refused', async () => {
    const turn = (body: object) =>
      fetch(`${mailbox.url}/api/switches`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }).then((answer) => answer.json())
    expect(await turn({ mail: 'down' })).toEqual({ open: false, refused: [] })
    await expect(send()).rejects.toThrow(/ECONNREFUSED/)
    expect((await page('/')).text).toContain('Bring it up')
    expect(await turn({ mail: 'up', refuse: 'Elsa@demo.kvitt.example' })).toEqual({
      open: true,
      refused: ['elsa@demo.kvitt.example'],
    })
    await expect(send()).rejects.toThrow(/550/)
    await turn({ accept: 'elsa@demo.kvitt.example' })
    await send()
    expect(mailbox.messages()).toHaveLength(1)
  })

  it('has no letter that is not there', async () => {
    for (const path of ['/messages/999', '/messages/x/html', '/messages/1/attachments/7']) {
      expect((await page(path)).status).toBe(404)
    }
  })
})
