import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { filesIn } from './source.ts'
import { storeFunctionsIn } from './store-functions.ts'

const kinds = createRequire(import.meta.url)('./kinds.cjs') as Record<string, string>
const stores = filesIn(['src'], ['.ts']).filter(
  ({ path }) => new RegExp(kinds.stores ?? '$^').test(path) || /-store[.]ts$/.test(path),
)
const functions = stores.flatMap(storeFunctionsIn)

describe('a function that writes', () => {
  it('is recognised, in every way of writing', () => {
    const text = `
      export function inserts(db: Sql) { return db.query(\`insert into task (name) values ($1)\`) }
      async function updates(tx: Tx) { await tx.query('update payment set state = $1') }
      export async function updatesAny(sql: Sql, table: string) { await sql.query(\`update \${table} set state = 'x'\`) }
      export function deletes<T>(db: Own): Promise<T> { return db.query('delete from task') }
      export function locks(tx: Tx) { return tx.query(\`select * from payment where id = $1 for update\`) }
      export function claims(db: Own) { return claimDue(db, due, now, 9, 1) }
      export function returnsWriter(db: Own) { return { write: async () => { await db.query('insert into a values (1)') } } }
      export function reads(sql: Sql) { return sql.query('select updated_at from payment -- for a page') }`
    const found = storeFunctionsIn({ path: 'src/areas/x/store.ts', text })
    expect(found.map(({ name, takes, writes, exported }) => [name, takes, writes, exported])).toEqual([
      ['inserts', 'Sql', true, true],
      ['updates', 'Tx', true, false],
      ['updatesAny', 'Sql', true, true],
      ['deletes', 'Own', true, true],
      ['locks', 'Tx', true, true],
      ['claims', 'Own', true, true],
      ['returnsWriter', 'Own', true, true],
      ['reads', 'Sql', false, true],
    ])
  })

  it('takes a transaction, or says that it commits by itself', () => {
    const writers = functions.filter(({ writes }) => writes)
    expect(writers.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'insertPayment',
        'recordAudit',
        'insertBatch',
        'countRequest',
        'planTask',
        'book',
      ]),
    )
    const loose = writers.filter(({ takes }) => !['Tx', 'Own', 'Tx | Own'].includes(takes))
    expect(loose).toEqual([])
  })
})
