import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Kvitt, openKvitt } from './open-kvitt.ts'

let kvitt: Kvitt
beforeAll(async () => {
  kvitt = await openKvitt()
})
afterAll(() => kvitt.stop())

describe('the fees page', () => {
  it('shows Elsa what she owes', async () => {
    const elsa = await kvitt.visitor('elsa')
    const page = await elsa.get('/fees')
    console.log(page.status, page.text)
    expect(page.status).toBe(200)
  })
})
