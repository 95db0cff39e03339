import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { caseKindsOf } from '../../../src/areas/cases/case-kinds.ts'
import { digestsOf } from '../../../src/areas/cases/digest-store.ts'
import { openCasesFor } from '../../../src/areas/cases/open-cases-for.ts'
import { sendCaseDigest } from '../../../src/areas/cases/send-case-digest.ts'
import { areas } from '../../../src/areas.ts'
import { localDay } from '../../../src/base/calendar.ts'
import { startTown, type Town } from '../../support/town.ts'

const kinds = caseKindsOf(areas)
const office = 'ekonomi@bibliotek.example'
const night = 'drift@bibliotek.example'

describe('the mail of open cases', () => {
  let town: Town
  beforeEach(async () => {
    town = await startTown((settings) => ({
      ...settings,
      cases: { notify: { economy: [office], operator: [night] } },
    }))
  })
  afterEach(() => town.stop())

  const letters = () => town.mailbox.messages().filter(({ subject }) => /ärende/.test(subject))
  const openOne = async (kind: string) => {
    await town.context.db.query(
      `insert into work_case (kind, subject_kind, subject, opened_at) values ($1, 'payment', $2, $3)`,
      [kind, `${kind}-${town.clock.now().getTime()}`, town.clock.now()],
    )
  }

  it('is not sent when nothing waits', async () => {
    await sendCaseDigest(town.context, kinds)
    expect(letters()).toEqual([])
  })

  it('tells the role that must act, by kind, once a day', async () => {
    await openOne('koha-refuses')
    await openOne('surplus')
    await sendCaseDigest(town.context, kinds)
    await Promise.all([sendCaseDigest(town.context, kinds), sendCaseDigest(town.context, kinds)])
    const [letter, ...more] = letters()
    expect(more).toEqual([])
    expect(letter?.subject).toMatch(/^2 ärenden väntar/)
    expect(letter?.text).toContain('Koha tar inte emot krediten: 1')
    expect(letter?.text).toContain('/economy/parked')
    const day = localDay(town.clock.now())
    expect(await digestsOf(town.context.db, day)).toEqual([{ address: office, sentAt: expect.any(Date) }])

    town.clock.advance(24 * 3600)
    await sendCaseDigest(town.context, kinds)
    expect(letters()).toHaveLength(2)
  })

  it('counts for the tab what somebody with these roles must act on', async () => {
    await openOne('koha-refuses')
    expect(await openCasesFor(town.context.db, kinds, ['borrower', 'approver'])).toBe(1)
    expect(await openCasesFor(town.context.db, kinds, ['borrower', 'desk'])).toBe(0)
  })
})
