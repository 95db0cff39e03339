import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exportFormats } from '../../../src/outside/economy/list.ts'
import { batch, codeOf, row, write } from './batches.ts'

/** What every format must keep: a new one is tested by being in the list. */
describe.each(Object.entries(exportFormats))('the format %s', (key, format) => {
  it('goes by its name in the list', () => {
    expect(format.name).toBe(key)
    expect(format.title).not.toBe('')
    expect(format.encoding).not.toBe('')
  })

  it('writes the same batch as the same bytes', () => {
    expect(write(format, batch())).toEqual(write(format, batch()))
  })

  it('writes it as the same bytes, however its rows come in parts', () => {
    for (const most of [1, 2, 3]) expect(write(format, batch(), most)).toEqual(write(format, batch()))
  })

  it('has an extension that no other format has', () => {
    const extensions = Object.values(exportFormats).map((one) => {
      const outcome = write(one, batch())
      return outcome.ok && outcome.extension
    })
    expect(new Set(extensions).size).toBe(extensions.length)
    expect(extensions.every((extension) => extension && /^\.[a-z]+$/.test(extension))).toBe(true)
  })

  it('leaves the reference of every payment to be found', () => {
    const outcome = write(format, batch())
    const text = outcome.ok ? outcome.content.toString('latin1') : ''
    for (const reference of ['10001', '10002', '10003', '10004']) expect(text).toContain(reference)
  })

  it('takes any text in a row: one odd letter never keeps money out of the books', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const rows = [row('15810', 100, [], text), row('31900', -100, codeOf('600110'), text)]
        expect(write(format, batch({ vouchers: [{ date: '2026-11-20', text, rows }] })).ok).toBe(true)
      }),
    )
  })
})
