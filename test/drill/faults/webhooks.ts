import { allPay, some } from '../crowd.ts'
import type { Fault } from '../drill.ts'
import { giveBack, referencesSince, statesSince, turnOff, turnOn, untilQuiet } from '../steps.ts'
import { throughout } from './shapes.ts'
import { refusedAlike, tellNets } from './webhook-steps.ts'

const nothing = 'nothing: it is as on any day'

/** Webhooks come twice, late, forged or never; browsers do not come back. */
export const webhookFaults: Fault[] = [
  {
    name: 'nothing wrong',
    done: 'the control: all is well',
    kvitt:
      'The provider is asked when its webhook or the browser comes; state, journal and write-back are one commit.',
    staff: nothing,
    checks: ['stored before it is acknowledged'],
    people: 6,
    run: async (city, crowd) => void (await allPay(city, crowd)),
  },
  throughout('webhook lost', {
    kvitt: 'The browser that comes back makes it ask the provider.',
    staff: nothing,
  }),
  throughout(
    'every other webhook lost',
    {
      kvitt: 'One webhook is enough: each only says that it is time to ask.',
      staff: nothing,
    },
    { press: 'vanish' },
  ),
  throughout('webhook doubled', {
    kvitt: 'Filed once by its event id, and asking twice is the same as once.',
    staff: nothing,
    checks: ['many times is once'],
    people: 6,
  }),
  throughout('webhooks reordered', {
    kvitt: 'What an event says is not believed, so its place in line does not matter.',
    staff: nothing,
    checks: ['money wins'],
  }),
  throughout(
    'webhook late',
    { kvitt: 'The payment waits as open, and is settled when the webhook comes.', staff: nothing },
    { press: 'vanish' },
  ),
  {
    name: 'webhook late by days',
    switches: ['webhook held'],
    done: 'kept back for three days, while payments are paid, given up and refunded',
    kvitt: 'Settled by the returning browsers long before; the late events are filed and change nothing.',
    staff: nothing,
    checks: ['many times is once', 'money wins'],
    people: 6,
    run: async (city, crowd, since) => {
      await turnOn(city, 'webhook held')
      await allPay(city, some(crowd, 4))
      await allPay(city, { people: crowd.people.slice(4) }, { press: 'cancel' })
      await untilQuiet(city, since)
      const [first = ''] = await referencesSince(city, since)
      await giveBack(city, [first])
      await untilQuiet(city, since)
      await city.passTime(3 * 24 * 3600)
      await turnOff(city, 'webhook held')
      await city.cards.world.webhooks.idle()
    },
    after: async (city, since) => {
      const states = await statesSince(city, since)
      return states.paid === 4 && states.cancelled === 2 ? [] : [`states ${JSON.stringify(states)}`]
    },
  },
  {
    ...throughout('webhook forged', {
      kvitt: 'Refused with 401; the browser that comes back settles the payment.',
      staff: 'a line in the log for each',
      checks: ['no proof is wrong proof'],
    }),
    after: refusedAlike,
  },
  {
    ...throughout('webhook unsigned', {
      kvitt: 'Refused with 401, like a forged one.',
      staff: 'the same as for forged ones',
      checks: ['no proof is wrong proof'],
    }),
    after: refusedAlike,
  },
  throughout(
    'webhook odd',
    { kvitt: 'Reads the ids and nothing else.', staff: nothing },
    { press: 'vanish' },
  ),
  {
    name: 'browser never returns',
    done: 'paid, and the window closed',
    kvitt: 'The webhook makes it ask the provider.',
    staff: nothing,
    run: async (city, crowd) => void (await allPay(city, crowd, { press: 'vanish' })),
  },
  throughout(
    'webhook lost',
    {
      name: 'both lost',
      done: 'no webhook, no return',
      kvitt: 'Open payments are asked about by plan: after 20 s, 20 s, 40 s, … and at the moment of expiry.',
      staff: nothing,
      checks: ['asked before it is given up'],
      passes: 25,
    },
    { press: 'vanish' },
  ),
  {
    name: 'asked before it is given up',
    switches: ['webhook lost', 'provider 500'],
    done: 'no webhook, no return, and the provider answers nothing until after the expiry',
    kvitt: 'A payment is not called expired by the clock: it stays open until the provider has said so.',
    staff: 'the operations page says that the provider does not answer',
    checks: ['asked before it is given up', 'unknown is not failed'],
    passes: 900,
    run: async (city, crowd, since) => {
      await turnOn(city, 'webhook lost')
      await turnOn(city, 'provider 500')
      await allPay(city, crowd, { press: 'vanish' })
      await city.passTime(35 * 60)
      // A round of the workers, so that the look of the expiry has been tried.
      await new Promise((later) => setTimeout(later, 2500))
      const states = await statesSince(city, since)
      if (states.open !== crowd.people.length) throw new Error(`not all open: ${JSON.stringify(states)}`)
    },
  },
  {
    name: 'webhook lies',
    done: 'an event with the right secret says paid, the provider says open',
    kvitt: 'Asks the provider, and believes the provider.',
    staff: nothing,
    payments: 2,
    run: async (city, crowd) => {
      await allPay(city, some(crowd, 2), {
        press: 'cancel',
        together: async (opened) => {
          for (const one of opened) await tellNets(city, one, 'payment.charge.created.v2')
        },
      })
    },
    after: async (city, since) => {
      const states = await statesSince(city, since)
      return states.cancelled === 2 ? [] : [`states ${JSON.stringify(states)}`]
    },
  },
  {
    name: 'failed after paid',
    done: 'events of a refused card and a failed charge come when the payment is paid',
    kvitt: 'Files them. Nothing leads from paid to declined.',
    staff: nothing,
    checks: ['money wins'],
    run: async (city, crowd, since) => {
      const opened = await allPay(city, crowd)
      await untilQuiet(city, since)
      for (const event of ['payment.reservation.failed', 'payment.charge.failed'])
        for (const one of opened) await tellNets(city, one, event)
      await city.passTime(25)
    },
    after: async (city, since) => {
      const states = await statesSince(city, since)
      return states.paid === 3 ? [] : [`states ${JSON.stringify(states)}`]
    },
  },
]
