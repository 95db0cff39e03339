import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { gaps, nextTry } from '../../../src/areas/notices/retry-plan.ts'
import { sendNotice } from '../../../src/areas/notices/send-notice.ts'
import { claimDueNotices, noticesOf, writeReceiptAgain } from '../../../src/areas/notices/store.ts'
import { receiptLetter } from '../../../src/areas/receipts/receipt-mail.ts'
import { receiptPdf } from '../../../src/areas/receipts/receipt-pdf.ts'
import type { Trouble } from '../../../src/base/answer.ts'
import type { Mailer } from '../../../src/outside/ports/mail.ts'
import { booksOver, quietConfig } from '../../support/books.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { elsasReceipt } from '../receipts/receipts.ts'

const start = new Date('2026-11-20T17:06:11Z')

describe('when a receipt is tried again', () => {
  it('is soon at first, then ever more seldom, and ends after about three days', () => {
    let at: Date | null = start
    let tries = 0
    let last = start
    while (at) {
      last = at
      tries += 1
      at = nextTry(tries, at)
    }
    const days = (last.getTime() - start.getTime()) / 86_400_000
    expect(tries).toBe(gaps.length + 1)
    expect(days).toBeGreaterThan(2.5)
    expect(days).toBeLessThan(3.5)
  })
})

describe('sending a receipt', () => {
  let test: TestDatabase
  let paymentId: number
  let clock: { now: () => Date; advance(minutes: number): void }
  /** A post office that does as it is told, one answer a letter. */
  let answers: (Trouble | 'takes it')[]
  let posted: Parameters<Mailer['send']>[0][]
  const mailer: Mailer = {
    tryOut: async () => ({ ok: true, value: '' }),
    send: async (letter) => {
      posted.push(letter)
      const answer = answers.shift() ?? 'takes it'
      return answer === 'takes it' ? { ok: true, value: { acceptedAs: 'x' } } : { ok: false, trouble: answer }
    },
  }
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.drop())
  beforeEach(async () => {
    answers = []
    posted = []
    let now = start.getTime()
    clock = {
      now: () => new Date(now),
      advance: (minutes) => {
        now += minutes * 60_000
      },
    }
    const [row] = await test.db.query<{ id: number }>(
      `insert into payment (reference, patron_id, state, amount, currency, language, provider, created_at, expires_at)
       values (gen_random_uuid()::text, 1, 'paid', 88600, 'SEK', 'sv', 'nets-easy', now(), now()) returning id`,
    )
    paymentId = row?.id ?? 0
  })

  const order = (address: string) =>
    test.db.transaction((tx) =>
      writeReceiptAgain(tx, {
        paymentId,
        reference: `KV-${paymentId}`,
        address,
        language: 'sv',
        now: clock.now(),
      }),
    )
  const compose = async (envelope: { to: string; messageId: string }) => {
    const receipt = elsasReceipt()
    return receiptLetter(receipt, {
      ...envelope,
      page: 'https://kvitt.example',
      pdf: await receiptPdf({ receipt }),
    })
  }
  const sendDue = async () => {
    const due = await claimDueNotices(test.db, clock.now(), 180, 10)
    const uses = { ...booksOver(test.db, clock, quietConfig()), mailer }
    return Promise.all(due.map((notice) => sendNotice(uses, notice, compose)))
  }
  const state = async () => (await noticesOf(test.db, paymentId)).at(-1)

  it('happens once', async () => {
    await order('elsa@demo.kvitt.example')
    expect(await sendDue()).toEqual(['sent'])
    expect(await sendDue()).toEqual([])
    expect(await state()).toMatchObject({ state: 'sent', sentAt: start })
    expect(posted).toHaveLength(1)
    expect(posted[0]?.attachments[0]?.content.subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('waits while the mail server is down, and carries the same Message-ID each time', async () => {
    const down: Trouble = { kind: 'unreachable', message: 'the mail server cannot be reached' }
    answers = [down, down, 'takes it']
    await order('elsa@demo.kvitt.example')
    expect(await sendDue()).toEqual(['later'])
    expect(await sendDue()).toEqual([])
    clock.advance(1)
    expect(await sendDue()).toEqual(['later'])
    clock.advance(5)
    expect(await sendDue()).toEqual(['sent'])
    expect(new Set(posted.map(({ messageId }) => messageId)).size).toBe(1)
  })

  it('is given up after three days', async () => {
    answers = Array.from({ length: 20 }, () => ({ kind: 'timeout' as const, message: 'no answer' }))
    await order('elsa@demo.kvitt.example')
    for (const gap of gaps) {
      expect(await sendDue()).toEqual(['later'])
      clock.advance(gap)
    }
    expect(await sendDue()).toEqual(['given-up'])
    clock.advance(10_000)
    expect(await sendDue()).toEqual([])
    expect(await state()).toMatchObject({ state: 'given-up', tries: gaps.length + 1 })
  })

  it('is given up at once when the server will never take the address', async () => {
    answers = [{ kind: 'refused', message: 'the mail server does not take this address (550)' }]
    await order('bengt@demo.kvitt.example')
    expect(await sendDue()).toEqual(['given-up'])
  })

  it('is not even tried to what is no address', async () => {
    await order('bengt@demo.kvitt.example, amir@demo.kvitt.example')
    expect(await sendDue()).toEqual(['given-up'])
    expect(posted).toEqual([])
    expect(await state()).toMatchObject({ state: 'given-up', tries: 1 })
  })
})
