import { expect, it } from 'vitest'
import { areas } from '../../src/areas.ts'
import { workOf } from '../../src/service/work-of.ts'
import { filesIn } from '../rules/source.ts'

it('wakes only work that goes on by itself: a name that is misspelt would be lost in silence', () => {
  const known = Object.keys(workOf(areas, {} as never))
  const woken = filesIn(['src'], ['.ts']).flatMap(({ path, text }) =>
    [...text.matchAll(/\bjobs[.]wake\(([^)]*)\)/g)].map(([, name]) => ({ path, name: name ?? '' })),
  )
  expect(woken.length).toBeGreaterThan(5)
  expect(woken.filter(({ name }) => !known.some((one) => name === `'${one}'`))).toEqual([])
})
