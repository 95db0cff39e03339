import { expect, it } from 'vitest'
import { areas } from '../../src/areas.ts'
import { tasksOf } from '../../src/service/tasks.ts'
import { nextSlot } from '../../src/work/next-slot.ts'
import { quietConfig } from '../support/books.ts'

const tasks = (exportHour: number | undefined) => {
  const config = quietConfig((settings) => ({
    ...settings,
    economy: { ...settings.economy, exportHour },
  }))
  return tasksOf(areas, { config } as never)
}

it('gives every task a name of its own and a time that comes', () => {
  const all = tasks(6)
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
  for (const { cron } of all) expect(nextSlot(cron, new Date('2026-11-28T12:00:00Z'))).toBeInstanceOf(Date)
})

it('makes a batch at the hour of the settings, by the clock in Stockholm, or not by itself', () => {
  const batch = tasks(6).find(({ name }) => name === 'make-batch')
  expect(nextSlot(batch?.cron ?? '', new Date('2026-12-31T23:30:00Z')).toISOString()).toBe(
    '2027-01-01T05:05:00.000Z',
  )
  expect(tasks(undefined).map(({ name }) => name)).not.toContain('make-batch')
})
