import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordAudit } from '../../../../src/areas/audit/audit-store.ts'
import { connect } from '../../../../src/database/database.ts'
import { staffCalled } from '../../../support/books.ts'
import { type Kvitt, openKvitt } from '../../../support/open-kvitt.ts'

let kvitt: Kvitt

beforeAll(async () => {
  kvitt = await openKvitt()
  await kvitt.town.context.db.transaction(async (tx) => {
    for (let number = 1; number <= 60; number += 1)
      await recordAudit(tx, new Date(), {
        actor: staffCalled(number % 3 ? 'eva' : 'erik'),
        act: number % 2 ? 'batch-made' : 'batch-downloaded',
        subject: `batch ${number}`,
        after: { total: 88_600, note: '<script>alert(1)</script>' },
        reason: '"><img src=x onerror=alert(1)>',
      })
  })
})
afterAll(() => kvitt?.stop())

describe('the audit trail in the pages', () => {
  it('is read by the auditor, newest first, page by page, in both languages', async () => {
    for (const [language, title] of [
      ['sv', 'Granskningslogg'],
      ['en', 'Audit trail'],
    ] as const) {
      const rut = await kvitt.visitor('rut', { language })
      const page = await rut.get('/audit')
      expect([page.status, page.text.includes(title)]).toEqual([200, true])
      expect(page.text).toContain('batch 60')
      expect(page.text).not.toContain('batch 10 ')
      expect((await rut.get('/audit?before=11')).text).toContain('batch 10 ')
    }
  })

  it('can be searched by who, what and to what; nonsense in the address shows all', async () => {
    const rut = await kvitt.visitor('rut')
    expect((await rut.get('/audit?who=erik%40demo.kvitt.example&act=batch-made')).text).toMatch(
      /batch 57 .*batch 51 /,
    )
    expect((await rut.get('/audit?subject=batch+7')).text).not.toContain('batch 60')
    for (const odd of ['?before=x&act=drop', '?who=a&who=b', '?before=99999999999999999999', '?who[x]=1'])
      expect([odd, (await rut.get(`/audit${odd}`)).status]).toEqual([odd, 200])
  })

  it('shows what was written as text (ASVS V1.2.1)', async () => {
    const page = await (await kvitt.visitor('rut')).get('/audit?who=%22%3E%3Cscript%3E')
    const all = await (await kvitt.visitor('rut')).get('/audit')
    expect(page.html + all.html).not.toMatch(/<script>alert|<img src=x|"><script>/)
  })

  it('is checked at the press of a button, and says where it is broken', async () => {
    const rut = await kvitt.visitor('rut', { language: 'en' })
    const sound = await rut.get('/audit?check=1')
    expect(sound.text).toMatch(/60 rows checked/)
    expect(sound.html).toMatch(/<code>60:[0-9a-f]{64}<\/code>/)
    const owner = connect({ url: kvitt.town.database.url, connections: 1, as: 'owner' })
    await owner.query("update audit set who = 'nobody' where id = 30")
    await owner.close()
    expect((await rut.get('/audit?check=1')).text).toContain('not what was written at row 30')
  })

  it.each(['elsa', 'dana', 'eva', 'erik', 'didrik'])('is not for %s (ASVS V8.2.1)', async (userid) => {
    expect((await (await kvitt.visitor(userid)).get('/audit')).status).toBe(403)
  })
})
