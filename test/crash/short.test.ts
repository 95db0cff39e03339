import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { compareWhole } from './books.ts'
import { findPoints, goAt, line } from './crash-points.ts'
import { type Lane, openLane } from './lane.ts'
import { type People, signAllIn } from './story.ts'
import type { Point } from './where.ts'

/** Where money has moved and nobody has written it down yet. */
const DANGEROUS = [
  'after commit in record',
  'after POST /api/v1/patrons/…/account/credits',
  'after POST /v1/charges/…/refunds',
  'after POST /api/v1/patrons/…/account/debits',
]

/** The short form of `npm run crash-points`: the most dangerous points, and one of each half by the day's number. */
describe('a process that is killed', () => {
  let database: TestDatabase
  let cache: string
  let lane: Lane
  let people: People
  let points: Point[]
  beforeAll(async () => {
    database = await createTestDatabase()
    cache = mkdtempSync(join(tmpdir(), 'kvitt-crash-cache-'))
    lane = await openLane(database.url, cache)
    people = await signAllIn(lane)
    points = await findPoints(lane, people)
  }, 120_000)
  afterAll(async () => {
    await lane?.close()
    await database.drop()
    rmSync(cache, { recursive: true, force: true })
  })

  it('is watched at every await of every flow', () => {
    expect(points.length).toBeGreaterThan(150)
    const flows = new Set(points.map(({ flow }) => flow))
    for (const flow of [
      'start-payment',
      'webhook-door',
      'settle-payment',
      'write-credits',
      'send-refund',
      'write-debits',
    ])
      expect([...flows]).toContain(flow)
    for (const flow of ['propose-refund', 'approve-refund', 'make-batch', 'download-batch'])
      expect([...flows]).toContain(flow)
  })

  it.each(DANGEROUS)(
    'recovers: %s',
    async (words) => {
      const point = points.find(({ place, what }) => `${place} ${what}` === words)
      if (!point) throw new Error(`No life came past: ${words}`)
      const outcome = await goAt(lane, people, point, 0)
      expect(outcome, line(outcome)).toMatchObject({ gone: true, survived: true, lost: 0, twice: 0 })
    },
    60_000,
  )

  it('recovers at a point that changes with the day', async () => {
    const day = Math.floor(Date.now() / 86_400_000)
    const point = points[(day * 37) % points.length]
    if (!point) throw new Error('No points')
    const outcome = await goAt(lane, people, point, day)
    expect(outcome, line(outcome)).toMatchObject({ gone: true, survived: true, lost: 0, twice: 0 })
  }, 60_000)

  it('leaves batches without gaps and an unbroken audit trail', async () => {
    expect(await compareWhole(lane)).toEqual([])
  })
})
