import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type City, startCity } from './city.ts'
import { type Crowd, gather } from './crowd.ts'
import { drill } from './drill.ts'
import { faults } from './faults.ts'
import { line } from './summary.ts'

const SHORT = [
  'nothing wrong',
  'webhook doubled',
  'browser never returns',
  'provider cut at start',
  'debt gone',
  'two tabs, twenty presses',
  'Koha 500 after commit',
  'mail down',
]

/** The short form of `npm run drill`: some of the faults, against two running processes. */
describe('the drill', () => {
  let city: City
  let crowd: Crowd
  beforeAll(async () => {
    city = await startCity(2)
    crowd = await gather(city)
  })
  afterAll(() => city?.close())

  it.each(SHORT)(
    'survives: %s',
    async (name) => {
      const fault = faults.find((one) => one.name === name)
      if (!fault) throw new Error(`There is no fault ${name}`)
      const outcome = await drill(city, crowd, fault)
      expect(outcome, line(outcome)).toMatchObject({ survived: true, lost: 0, twice: 0, differences: [] })
    },
    120_000,
  )
})
