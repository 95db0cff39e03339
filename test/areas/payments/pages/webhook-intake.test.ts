import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createIntake } from '../../../../src/areas/payments/pages/webhook-intake.ts'
import type { Own } from '../../../../src/database/database.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'

const webhook = (eventId: string) => ({
  provider: 'nets-easy',
  event: 'payment.created',
  eventId,
  subject: 'c1',
  body: Buffer.from('{}'),
})

describe('the intake of webhooks', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.drop())
  const stored = async () => (await test.db.query('select id from webhook')).length

  it('stores those that come together in few commits, and answers each after its own', async () => {
    let statements = 0
    const counting: Own = {
      commitsByItself: true,
      query: (text, values) => {
        statements += 1
        return test.db.query(text, values)
      },
    }
    const intake = createIntake(counting, [])
    await Promise.all(Array.from({ length: 1000 }, (_, number) => intake(webhook(`many-${number}`))))
    expect(await stored()).toBe(1000)
    expect(statements).toBeLessThan(20)
  })

  it('does not let one that the database refuses take the others down', async () => {
    const intake = createIntake(test.db, [])
    const before = await stored()
    const results = await Promise.allSettled(
      ['good-1', 'bad\u0000', 'good-2', 'good-3'].map((id) => intake(webhook(id))),
    )
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
    expect(await stored()).toBe(before + 3)
  })

  it('tells every sender at once when nothing could be stored, and works again afterwards', async () => {
    let broken = true
    let statements = 0
    const failing: Own = {
      commitsByItself: true,
      query: (text, values) => {
        statements += 1
        return broken ? Promise.reject(new Error('the disk is full')) : test.db.query(text, values)
      },
    }
    const intake = createIntake(failing, [])
    const many = Array.from({ length: 20 }, (_, number) => intake(webhook(`lost-${number}`)))
    const results = await Promise.allSettled(many)
    expect(results.every(({ status }) => status === 'rejected')).toBe(true)
    // One for the first, one for those that came meanwhile: a database that is gone is not asked once for each.
    expect(statements).toBe(2)
    broken = false
    await expect(intake(webhook('lost-1'))).resolves.toBeUndefined()
  })
})
