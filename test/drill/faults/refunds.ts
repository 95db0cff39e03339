import { finishRefund } from '../../../sandbox/cards/acts.ts'
import type { SwitchName } from '../../../sandbox/switches/all-switches.ts'
import type { Dose } from '../../../sandbox/switches/switch.ts'
import type { City } from '../city.ts'
import { allPay, type Crowd, some } from '../crowd.ts'
import type { Fault } from '../drill.ts'
import { atCards, giveBack, meeting, referencesSince, turnOn, until, untilQuiet } from '../steps.ts'
import { giveBackInThePortal } from './staff-steps.ts'

const PAYERS = 2

/** Two are paid and in Koha; answers their references. */
async function paidAndInKoha(city: City, crowd: Crowd, since: number): Promise<string[]> {
  await allPay(city, some(crowd, PAYERS), { debts: [60, 30.5] })
  await untilQuiet(city, since)
  return referencesSince(city, since)
}

/** Until a refund of each has reached the company; some faults keep it from that. */
async function untilSent(city: City, references: string[]): Promise<boolean> {
  return until(() => references.every((reference) => atCards(city, reference).refunds.length > 0), 2500)
}

/** Every refund of these payments is done: once at the provider, once in the journal, once in Koha. */
async function allDone(city: City, since: number): Promise<string[]> {
  const rows = await city.sql<{ reference: string; state: string; koha: string }>(
    'select reference, state, koha from refund where payment_id > $1',
    [since],
  )
  const wrong = rows.filter(({ state, koha }) => state !== 'done' || koha !== 'done')
  const told = wrong.map(({ reference, state, koha }) => `${reference} is ${state}, in Koha ${koha}`)
  return rows.length >= PAYERS ? told : [...told, `only ${rows.length} refunds`]
}

const unknown = {
  kvitt:
    'Unknown is a state: no second refund may begin. The provider is asked what it lists, and the repeat carries the same key.',
  staff: 'the refund stands as "on its way", with the last trouble',
}

/** The money goes back, and the way back breaks. */
function broken(name: SwitchName, done: string, words: Partial<Fault>, dose: Dose = { times: 2 }): Fault {
  return {
    name,
    done,
    switches: [name],
    ...unknown,
    payments: PAYERS,
    passes: 200,
    hurried: true,
    after: allDone,
    ...words,
    run: async (city, crowd, since) => {
      const references = await paidAndInKoha(city, crowd, since)
      await meeting(city, name, dose, async () => {
        await giveBack(city, references)
        await untilSent(city, references)
      })
    },
  }
}

const debit = {
  kvitt: 'The same care as for credits: the intent is a row, the reference is looked for before a repeat.',
  staff: 'the refund says that Koha has not got its debit yet',
  passes: 70,
}

/** What was paid is given back, by a clerk, in a world that breaks. */
export const refundFaults: Fault[] = [
  broken('refund cut off', 'the company gives the money back and breaks the line', {}),
  broken('refund 500 after it went', 'the company gives the money back and answers 500', {}),
  broken('refund 500', 'the company answers 500 and gives nothing back', {}),
  broken('Koha 500 after debit', 'Koha makes the debit and answers 500', debit),
  broken('Koha cut after debit', 'Koha makes the debit and breaks the line', debit),
  broken('Koha 500 at debit', 'Koha fails and makes no debit', debit),
  {
    ...broken('webhook doubled', 'each webhook of a refund comes 20 times at once', {}, {}),
    name: 'refund webhook doubled',
    kvitt: 'A refund is known by its id and moves once.',
    staff: 'nothing',
    checks: ['many times is once'],
    passes: 0,
  },
  {
    name: 'refund webhook lost',
    done: 'refunds wait at the company for days, and nobody tells when they go',
    switches: ['refund pending', 'webhook lost'],
    kvitt:
      'Pending refunds are asked about by plan, at most six hours apart. They are booked when they are done.',
    staff: 'the refund stands as "waits at the company"',
    payments: PAYERS,
    passes: 7 * 3600,
    after: allDone,
    run: async (city, crowd, since) => {
      const references = await paidAndInKoha(city, crowd, since)
      await turnOn(city, 'refund pending')
      await turnOn(city, 'webhook lost')
      await giveBack(city, references)
      if (!(await untilSent(city, references))) throw new Error('the refunds were not sent')
      await city.passTime(2 * 24 * 3600)
      for (const reference of references) {
        const payment = atCards(city, reference)
        for (const one of payment.refunds) finishRefund(city.cards.world, payment, one, 'Completed')
      }
    },
  },
  {
    name: 'killed while money goes back',
    done: 'every process gets SIGKILL when the first refund has gone',
    ...unknown,
    payments: PAYERS,
    passes: 200,
    after: allDone,
    run: async (city, crowd, since) => {
      const references = await paidAndInKoha(city, crowd, since)
      await giveBack(city, references)
      await until(() => references.some((one) => atCards(city, one).refunds.length > 0), 5000)
      for (const instance of city.instances) instance.signal('SIGKILL')
      await Promise.all(city.instances.map((instance) => instance.ended()))
      await Promise.all(city.instances.map((instance) => instance.start()))
    },
  },
  {
    name: 'given back in parts',
    done: 'a part that no line divides evenly, then the rest, each webhook lost',
    switches: ['webhook lost'],
    kvitt: 'Shares are whole öre by largest remainder, and never more than is left of each line.',
    staff: 'two refunds on the payment',
    payments: PAYERS,
    passes: 70,
    after: allDone,
    run: async (city, crowd, since) => {
      await turnOn(city, 'webhook lost')
      const references = await paidAndInKoha(city, crowd, since)
      await giveBack(city, references, '33.33')
      const none = async () => (await allDone(city, since)).length === 0
      await city.passTime(70)
      if (!(await until(none, 15_000))) throw new Error('the first part was not given back')
      await giveBack(city, references)
    },
  },
  {
    name: 'refund fails',
    done: "the payer's bank refuses the refunds",
    switches: ['refund fails'],
    kvitt: 'Books nothing, leaves the money refundable, and tells a person.',
    staff: 'parked: "the refund failed", with what the company said',
    payments: PAYERS,
    parked: PAYERS,
    passes: 70,
    run: async (city, crowd, since) => {
      const references = await paidAndInKoha(city, crowd, since)
      await turnOn(city, 'refund fails')
      await giveBack(city, references)
      if (!(await untilSent(city, references))) throw new Error('the refunds were not sent')
    },
  },
  {
    name: 'refunded in the portal',
    done: "somebody gives back half in the company's own pages, and its webhooks are lost",
    switches: ['webhook lost'],
    kvitt:
      'Finds it at the late looks (after 1, 10, 40 and 130 days), books it, and tells a person what Koha lacks.',
    staff: 'parked: "refunded elsewhere", with the debit to make in Koha',
    payments: PAYERS,
    parked: PAYERS,
    passes: 25 * 3600,
    run: async (city, crowd, since) => {
      await turnOn(city, 'webhook lost')
      await allPay(city, some(crowd, PAYERS), { debts: [60, 30.5] })
      await untilQuiet(city, since)
      for (const reference of await referencesSince(city, since)) giveBackInThePortal(city, reference, 4525)
    },
  },
]
