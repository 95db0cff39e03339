import { Router } from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Area } from '../../src/area.ts'
import { recordAudit } from '../../src/areas/audit/audit-store.ts'
import { areas as ours } from '../../src/areas.ts'
import { tasksOf } from '../../src/service/tasks.ts'
import { workOf } from '../../src/service/work-of.ts'
import { showPage } from '../../src/web/render.ts'
import { filesIn } from '../rules/source.ts'
import { type Kvitt, openKvitt } from '../support/open-kvitt.ts'

let ran = 0
/** An area that exists in this test alone: what it says of itself appears everywhere, and nobody else knows its name. */
const probe: Area = {
  name: 'probe',
  acts: { 'probe-sounded': { sv: 'Lodade djupet', en: 'Sounded the depth' } },
  neighbours: () => [
    { metric: 'probe', title: 'Probe & Line', tryOut: async () => ({ ok: true, value: 'deep enough' }) },
  ],
  gauges: [
    {
      gauges: {
        fathoms: { help: 'How deep it is', tile: { words: { sv: 'Famnar', en: 'Fathoms' } } },
      },
      read: async () => ({ fathoms: 17 }),
    },
  ],
  workers: { probe: async () => 3 },
  tasks: [
    {
      name: 'sound',
      cron: () => '0 4 * * *',
      run: async () => {
        ran += 1
      },
    },
  ],
  pages: [
    {
      places: [
        {
          at: '/probe',
          visitors: ['operator', 'auditor'],
          tab: { sv: 'Lodning', en: 'Sounding' },
          proofForChanges: true,
        },
      ],
      texts: { probe: { sv: { status: 404 }, en: { status: 404 } } },
      router: () =>
        Router()
          .get('/probe', (_req, res) => showPage(res, 'web/problem', { problem: 'x' }))
          .post('/probe', (_req, res) => res.send('sounded')),
    },
  ],
}
const areas = [...ours, probe]

describe('an area that is added', () => {
  let kvitt: Kvitt
  beforeAll(async () => {
    kvitt = await openKvitt(undefined, areas)
  })
  afterAll(() => kvitt?.stop())

  it('answers at its place, for its roles alone', async () => {
    const statuses = async (userid?: string) => (await (await kvitt.visitor(userid)).get('/probe')).status
    expect([await statuses('elsa'), await statuses()]).toEqual([403, 303])
  })

  it('is in the menu of those who may go there, in their language', async () => {
    const swedish = await (await kvitt.visitor('didrik', { language: 'sv' })).get('/operations')
    const english = await (await kvitt.visitor('didrik', { language: 'en' })).get('/operations')
    const borrower = await (await kvitt.visitor('elsa', { language: 'sv' })).get('/payments')
    expect([swedish.text.includes('Lodning'), english.text.includes('Sounding')]).toEqual([true, true])
    expect(borrower.text).not.toContain('Lodning')
  })

  it('asks for a recent proof before what changes something', async () => {
    const didrik = await kvitt.visitor('didrik')
    expect((await didrik.post('/probe', [])).status).toBe(200)
    kvitt.town.clock.advance(20 * 60)
    expect((await didrik.post('/probe', [])).status).toBe(403)
    kvitt.town.clock.advance(-20 * 60)
  })

  it('has its acts in the audit trail, in words', async () => {
    const actor = { who: 'timetable', role: 'system', address: null, request: null } as const
    await kvitt.town.context.db.transaction((tx) =>
      recordAudit(tx, kvitt.town.clock.now(), { actor, act: 'probe-sounded', subject: 'the sea' }),
    )
    const trail = await (await kvitt.visitor('rut', { language: 'en' })).get('/audit?act=probe-sounded')
    expect(trail.text).toContain('Sounded the depth')
  })

  it('is on the state page with its neighbours and figures', async () => {
    const state = await (await kvitt.visitor('didrik')).get('/operations')
    expect(state.text).toContain('Probe & Line')
    expect(state.text).toMatch(/(?:Famnar|Fathoms) 17/)
  })

  it('has its figures among the metrics', async () => {
    const metrics = await (await kvitt.visitor()).get('/metrics')
    expect(metrics.html).toContain('kvitt_fathoms 17')
  })

  it('has its work among what goes on by itself', async () => {
    expect(await workOf(areas, kvitt.town.context).probe?.()).toBe(3)
  })

  it('has its tasks in the timetable', async () => {
    const task = tasksOf(areas, kvitt.town.context).find(({ name }) => name === 'sound')
    await task?.run()
    expect([task?.cron, ran]).toEqual(['0 4 * * *', 1])
  })

  it('is named in no file but its own', () => {
    expect(filesIn(['src', 'views', 'sandbox'], ['']).filter(({ text }) => /\bprobe\b/i.test(text))).toEqual(
      [],
    )
  })
})
