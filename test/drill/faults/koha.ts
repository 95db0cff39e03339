import { allPay, some } from '../crowd.ts'
import type { Fault } from '../drill.ts'
import { referencesSince, turnOn, until, wait } from '../steps.ts'
import { fromTheCard } from './shapes.ts'

/** Every call that was begun has ended. */
const ended = { passes: 20, hurried: true }
const after = {
  kvitt:
    'Waits out the longest request of Koha, looks for its own reference, and finds the credit: no repeat.',
  staff: 'the payment says that Koha has not answered yet, then that it is registered',
  checks: ['a lost answer is found' as const],
}
const before = {
  kvitt: 'Tries again by plan: 2 s, 4 s, 8 s, … at most an hour, and looks for its reference each time.',
  staff: 'the payment says when it is tried next, and why not yet',
}

/** Koha has no idempotency key, takes no lock, and may answer 500 after it has booked. */
export const kohaFaults: Fault[] = [
  fromTheCard('Koha 500 after commit', { ...after, ...ended, people: 6 }, {}, { times: 6 }),
  fromTheCard('Koha time-out after commit', after),
  fromTheCard('Koha cut after commit', { ...after, ...ended }),
  fromTheCard('Koha 500', { ...before, ...ended }),
  fromTheCard('Koha slow', after),
  fromTheCard('Koha slow to read', before),
  fromTheCard(
    'Koha 401',
    { ...before, kvitt: 'Fetches a new token once, and then tries again by plan.' },
    {},
    { times: 4 },
  ),
  fromTheCard('Koha 403', {
    ...before,
    ...ended,
    staff: 'the payment says which permission Koha’s administrator is to give back',
  }),
  fromTheCard('Koha HTML', { ...before, ...ended }, {}, { times: 8 }),
  fromTheCard('Koha 503', { ...before, ...ended }, {}, { times: 8 }),
  fromTheCard('Koha cut', { ...before, ...ended }, {}, { times: 8 }),
  {
    name: 'Koha down',
    done: 'its port is closed for 4 s after the money was taken',
    ...before,
    run: async (city, crowd) => {
      await allPay(city, crowd, { press: 'vanish', together: () => city.koha.goDown() })
      await wait(4000)
      await city.koha.comeUp()
    },
  },
  {
    name: 'Koha down for days',
    done: 'its port is closed for three days after the money was taken',
    ...before,
    staff:
      'after three hours a line in the log each hour: "somebody should look"; the operations page counts what waits',
    checks: ['tries are tries'],
    passes: 3600,
    hurried: true,
    run: async (city, crowd, since) => {
      await allPay(city, crowd, { press: 'vanish', together: () => city.koha.goDown() })
      const paid = async () => {
        const [row] = await city.sql<{ paid: string }>(
          `select count(*) as paid from payment where id > $1 and state = 'paid'`,
          [since],
        )
        return Number(row?.paid) === crowd.people.length
      }
      if (!(await until(paid, 8000))) throw new Error('not paid while Koha was down')
      for (const hours of [1, 11, 24, 36]) {
        await city.passTime(hours * 3600)
        await wait(2100)
      }
      await city.koha.comeUp()
    },
  },
  {
    name: 'looked at while it waits',
    done: 'Koha is closed, and each borrower opens the page of the payment thirty times',
    switches: ['Koha 503'],
    kvitt: 'A page reads our tables. Only a try counts as one.',
    staff: 'the number of tries and the last trouble, on the payment',
    checks: ['tries are tries'],
    payments: 2,
    ...ended,
    run: async (city, crowd, since) => {
      const two = some(crowd, 2)
      await allPay(city, two, { together: () => turnOn(city, 'Koha 503') })
      const references = await referencesSince(city, since)
      await Promise.all(
        two.people.flatMap(({ browser }) =>
          Array.from({ length: 30 }, async () => {
            for (const reference of references) await browser.open(`${city.baseUrl}/payments/${reference}`)
          }),
        ),
      )
      const tries = await city.sql<{ tries: number }>('select tries from write_back where payment_id > $1', [
        since,
      ])
      if (tries.some((row) => row.tries > 12))
        throw new Error(`tries ${tries.map((row) => row.tries).join()}`)
    },
  },
  {
    name: 'borrower deleted in Koha',
    done: 'the patron is deleted between the card and the credit',
    kvitt: 'Parks it: "Koha refuses". Money and journal stand; the list offers to give the money back.',
    staff: 'parked, with the ways out "try again", "give it back", "resolved by hand"',
    checks: ['the books outlive the person'],
    payments: 1,
    parked: 1,
    run: async (city, crowd) => {
      const { patrons } = city.koha.world.tables
      const [payer] = crowd.people
      const patron = payer && patrons.get(payer.patronId)
      if (!payer || !patron) return
      await allPay(
        city,
        { people: [payer] },
        {
          press: 'vanish',
          together: () => void patrons.delete(payer.patronId),
        },
      )
      const parked = async () => {
        const [row] = await city.sql<{ parked: string | null }>(
          'select parked from payment order by id desc limit 1',
        )
        return row?.parked !== null
      }
      await until(parked, 8000)
      patrons.set(patron.id, patron)
    },
  },
]
