import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { downloadsOf, filesOf } from '../../../src/areas/exports/batch-file-store.ts'
import { listBatches, postingsOfBatch, unexported } from '../../../src/areas/exports/batch-store.ts'
import { downloadBatch } from '../../../src/areas/exports/download-batch.ts'
import { makeBatch } from '../../../src/areas/exports/make-batch.ts'
import { showNextBatch } from '../../../src/areas/exports/show-next-batch.ts'
import { book } from '../../../src/areas/ledger/store.ts'
import type { Database } from '../../../src/database/database.ts'
import { exportFormats } from '../../../src/outside/economy/list.ts'
import { bookAll, booksOver, paidPosting, quietConfig, staffCalled } from '../../support/books.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { oreOfSie, readSie } from '../../support/sie.ts'

const eva = { actor: staffCalled('eva') }
const friday = new Date('2026-11-20T17:06:00Z')

/** The causes of a batch's postings, in the order of its files. */
function causesIn(db: Database, number: number): Promise<string[]> {
  return db.transaction(async (tx) => {
    const causes: string[] = []
    for await (const some of postingsOfBatch(tx, number)) causes.push(...some.map(({ cause }) => cause))
    return causes
  })
}

describe('making a batch', () => {
  let test: TestDatabase
  let uses: ReturnType<typeof booksOver>
  beforeEach(async () => {
    test = await createTestDatabase()
    uses = booksOver(test.db, { now: () => new Date('2026-11-20T23:30:00Z') })
  })
  afterEach(() => test.drop())

  it('makes nothing of nothing', async () => {
    expect(await makeBatch(uses, eva)).toEqual({ kind: 'nothing' })
    expect(await showNextBatch(uses)).toBeUndefined()
    expect(await listBatches(test.db, null, 10)).toEqual([])
  })

  it('numbers, totals and writes it in every configured format', async () => {
    await bookAll(test.db, [paidPosting(52600), paidPosting(16000)], friday)
    const outcome = await makeBatch(uses, eva)
    expect(outcome).toEqual({
      kind: 'made',
      batch: {
        number: 1,
        series: 'KVITT',
        madeAt: uses.clock.now(),
        madeBy: 'eva@demo.kvitt.example',
        firstDay: '2026-11-20',
        lastDay: '2026-11-20',
        postings: 2,
        total: 68600,
      },
    })
    const files = await filesOf(test.db, 1)
    // Made after midnight in Stockholm: the name has the local day.
    expect(files.map(({ name }) => name)).toEqual([
      'KVITT_000001_2026-11-21.si',
      'KVITT_000001_2026-11-21.csv',
    ])
    expect(await unexported(test.db)).toEqual({ postings: 0, total: 0 })
  })

  it('shows beforehand what it will hold, without writing anything', async () => {
    await bookAll(test.db, [paidPosting(3000), paidPosting(1050)], friday)
    const next = await showNextBatch(uses)
    expect(next).toMatchObject({ number: 1, totals: { postings: 2, total: 4050 } })
    expect(next?.accounts).toEqual([
      { account: '15810', accountName: 'Fordran kortinlösen', costCentre: null, debit: 4050, credit: 0 },
      {
        account: '31900',
        accountName: 'Förseningsavgifter bibliotek',
        costCentre: '600110',
        debit: 0,
        credit: 4050,
      },
    ])
    expect(await unexported(test.db)).toEqual({ postings: 2, total: 4050 })
  })

  it('makes what was shown, and leaves what came after for the next', async () => {
    await bookAll(test.db, [paidPosting(3000)], friday)
    const next = await showNextBatch(uses, friday)
    await bookAll(test.db, [paidPosting(9900)], new Date('2026-11-20T20:00:00Z'))
    const shown = { until: friday, postings: 1, total: next?.totals.total ?? (0 as never) }
    expect(await makeBatch(uses, { ...eva, shown })).toMatchObject({ kind: 'made', batch: { total: 3000 } })
    // The button pressed twice: what was shown is taken.
    expect(await makeBatch(uses, { ...eva, shown })).toEqual({ kind: 'changed' })
    expect(await makeBatch(uses, eva)).toMatchObject({ kind: 'made', batch: { number: 2, total: 9900 } })
  })

  it('takes in a posting that was committed late, though its number is lower', async () => {
    const committing = Promise.withResolvers<void>()
    const written = Promise.withResolvers<void>()
    const late = test.db.transaction(async (tx) => {
      await book(tx, [paidPosting(100)], friday)
      written.resolve()
      await committing.promise
    })
    await written.promise
    await bookAll(test.db, [paidPosting(200)], friday)
    expect(await makeBatch(uses, eva)).toMatchObject({ batch: { total: 200 } })
    committing.resolve()
    await late
    expect(await makeBatch(uses, eva)).toMatchObject({ batch: { number: 2, total: 100 } })
  })

  it('never hands a posting over twice and leaves no gap, though many make batches at once', async () => {
    const postings = Array.from({ length: 60 }, (_, at) => paidPosting(at + 1))
    const makers = Array.from({ length: 6 }, async (_, maker) => {
      for (const posting of postings.slice(maker * 10, maker * 10 + 10)) {
        await bookAll(test.db, [posting], friday)
        await makeBatch(uses, eva)
      }
    })
    await Promise.all(makers)
    await makeBatch(uses, eva)
    const batches = await listBatches(test.db, null, 100)
    expect(batches.map(({ number }) => number).sort((a, b) => a - b)).toEqual(batches.map((_, at) => at + 1))
    const taken = await Promise.all(batches.map(({ number }) => causesIn(test.db, number)))
    expect(taken.flat().sort()).toEqual(postings.map(({ cause }) => cause).sort())
  })

  it('writes nothing when a name cannot be written, and takes no number for it', async () => {
    await bookAll(test.db, [paidPosting(3000)], friday)
    const config = quietConfig((settings) => ({
      ...settings,
      economy: { ...settings.economy, accountNames: { '31900': '罰金' } },
    }))
    const outcome = await makeBatch(booksOver(test.db, uses.clock, config), eva)
    expect(outcome).toMatchObject({ kind: 'unwritable', format: 'sie4i' })
    expect(await makeBatch(uses, eva)).toMatchObject({ kind: 'made', batch: { number: 1 } })
  })

  it('keeps a row for each posting when there are more than are read at a time', async () => {
    const postings = Array.from({ length: 1201 }, (_, at) => paidPosting(at + 1, { part: at + 1 }))
    await bookAll(test.db, postings.slice(0, 600), friday)
    await bookAll(test.db, postings.slice(600), new Date('2026-11-19T12:00:00Z'))
    await makeBatch(uses, eva)
    const file = await downloadBatch(uses, { number: 1, format: 'sie4i', ...eva })
    const { vouchers } = readSie(file?.content ?? Buffer.alloc(0))
    const inOrder = [...postings.slice(600), ...postings.slice(0, 600)]
    expect(vouchers.map(({ rows }) => rows.length)).toEqual([602, 601])
    // The first row of each voucher is the sum.
    const rows = vouchers.flatMap((voucher) => voucher.rows.slice(1))
    expect(rows.map(({ amount }) => -oreOfSie(amount))).toEqual(inOrder.map(({ amount }) => amount))
    expect(await causesIn(test.db, 1)).toEqual(inOrder.map(({ cause }) => cause))
  })

  it('agrees with the journal to the öre, in every file', async () => {
    await bookAll(test.db, [paidPosting(1999), paidPosting(1), paidPosting(700_000_01)], friday)
    await makeBatch(uses, eva)
    const file = await downloadBatch(uses, { number: 1, format: 'sie4i', ...eva })
    const rows = readSie(file?.content ?? Buffer.alloc(0)).vouchers.flatMap((voucher) => voucher.rows)
    const amounts = rows.map(({ amount }) => oreOfSie(amount))
    expect(amounts.reduce((all, one) => all + one, 0)).toBe(0)
    expect(amounts.filter((amount) => amount > 0)).toEqual([1999 + 1 + 700_000_01])
    const csv = await downloadBatch(uses, { number: 1, format: 'csv', ...eva })
    expect(csv?.content.toString('utf8').match(/;(\d+,\d\d);;Kort/)?.[1]).toBe('700020,01')
  })
})

describe('fetching a batch', () => {
  let test: TestDatabase
  let uses: ReturnType<typeof booksOver>
  beforeEach(async () => {
    test = await createTestDatabase()
    uses = booksOver(test.db)
    await bookAll(test.db, [paidPosting(3000)], friday)
    await makeBatch(uses, eva)
  })
  afterEach(() => test.drop())

  it('gives the very same bytes every time, whatever has happened since', async () => {
    const wish = { number: 1, format: 'sie4i', ...eva }
    const first = await downloadBatch(uses, wish)
    await bookAll(test.db, [paidPosting(100)])
    await makeBatch(uses, eva)
    const renamed = quietConfig((settings) => ({
      ...settings,
      economy: { ...settings.economy, series: 'ANNAN', accountNames: {} },
    }))
    const again = await downloadBatch(booksOver(test.db, uses.clock, renamed), wish)
    expect(again?.content.equals(first?.content ?? Buffer.alloc(0))).toBe(true)
    const [file] = (await filesOf(test.db, 1)).filter(({ format }) => format === 'sie4i')
    expect(
      createHash('sha256')
        .update(first?.content ?? '')
        .digest('hex'),
    ).toBe(file?.sha256)
  })

  it('remembers who fetched it', async () => {
    await downloadBatch(uses, { number: 1, format: 'sie4i', ...eva })
    await downloadBatch(uses, { number: 1, format: 'csv', actor: staffCalled('rut') })
    expect((await downloadsOf(test.db, 1)).map(({ format, by }) => [format, by])).toEqual([
      ['csv', 'rut@demo.kvitt.example'],
      ['sie4i', 'eva@demo.kvitt.example'],
    ])
  })

  it('has nothing to give of what does not exist, and remembers nobody for it', async () => {
    expect(await downloadBatch(uses, { number: 99, format: 'sie4i', ...eva })).toBeUndefined()
    expect(await downloadBatch(uses, { number: 1, format: 'gl07', ...eva })).toBeUndefined()
    expect(await downloadsOf(test.db, 1)).toEqual([])
  })

  it('says the content type of each format', async () => {
    for (const [format, { contentType }] of Object.entries(exportFormats)) {
      expect((await downloadBatch(uses, { number: 1, format, ...eva }))?.contentType).toBe(contentType)
    }
  })
})
