import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countAttempt, waitUntil } from '../../../src/areas/people/attempt-store.ts'
import { freeTries, waitAfter } from '../../../src/areas/people/lock-out.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

const MINUTE = 60_000

describe('the wait after wrong tries', () => {
  it.each([
    [1, 0],
    [4, 0],
    [5, 1],
    [6, 2],
    [7, 4],
    [10, 32],
    [11, 60],
    [5000, 60],
  ])('%i wrong tries with one card: %i minutes', (failures, minutes) => {
    expect(waitAfter(failures, freeTries.card)).toBe(minutes * MINUTE)
  })
})

describe('counting tries', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database?.drop())

  it('lets no more through than may be, though all come at once (ASVS V6.3.1)', async () => {
    const now = new Date()
    const forgottenBefore = new Date(now.getTime() - 24 * 60 * MINUTE)
    const attempts = await Promise.all(
      Array.from({ length: 30 }, () =>
        database.db.transaction(async (tx) => {
          const attempt = await countAttempt(tx, { key: 'card', now, forgottenBefore })
          const wait = attempt.may ? waitAfter(attempt.failures, freeTries.card) : 0
          if (wait > 0) await waitUntil(tx, 'card', new Date(now.getTime() + wait))
          return attempt.may
        }),
      ),
    )
    expect(attempts.filter(Boolean)).toHaveLength(freeTries.card)
  })
})
