import type { Fault } from '../cards/faults.ts'
import type { CardWorld } from '../cards/world.ts'
import type { Switch } from './switch.ts'

/** The same call of both card companies goes wrong. */
function call(what: string, calls: Fault['on'][], kind: Fault['kind'], milliseconds?: number): Switch {
  const same = (fault: Fault) => fault.kind === kind && calls.includes(fault.on)
  return {
    neighbour: 'Card company',
    what,
    isOn: ({ cards }) => cards.world.faults.waiting().some(same),
    turnOn: ({ cards }, { times } = {}) => {
      for (const on of calls)
        cards.world.faults.add({
          on,
          kind,
          ...(times !== undefined && { times }),
          ...(milliseconds !== undefined && { milliseconds }),
        })
    },
    turnOff: ({ cards }) => cards.world.faults.remove(same),
  }
}

type Knob = 'autoCharge' | 'charges' | 'refunds'

/** What becomes of money inside the card company. */
function money<Name extends Knob>(
  what: string,
  knob: Name,
  bad: CardWorld[Name],
  good: CardWorld[Name],
): Switch {
  return {
    neighbour: 'Card company',
    what,
    isOn: ({ cards }) => cards.world[knob] === bad,
    turnOn: ({ cards }) => {
      cards.world[knob] = bad
    },
    turnOff: ({ cards }) => {
      cards.world[knob] = good
    },
  }
}

const start: Fault['on'][] = ['nets.create', 'stripe.create']
const look: Fault['on'][] = ['nets.retrieve', 'stripe.retrieve']
const charge: Fault['on'][] = ['nets.charge', 'stripe.capture']
const close: Fault['on'][] = ['nets.terminate', 'stripe.expire']
const giveBack: Fault['on'][] = ['nets.refund', 'stripe.refund']

/** A card company answers anything at all, and may have acted before it breaks the line. */
export const cardSwitches = {
  'provider 500 at start': call('cannot make a payment: 500', start, 'error'),
  'provider cut at start': call('makes the payment and breaks the line', start, 'cut-after'),
  'provider nonsense at start': call('answers with a web page when a payment is made', start, 'invalid-json'),
  'provider slow at start': call('takes three seconds to make a payment', start, 'slow', 3000),
  'provider 500': call('cannot say what became of a payment: 500', look, 'error'),
  'provider 429': call('has been asked too often', look, 'too-many'),
  'provider cut': call('breaks the line when it is asked', look, 'cut'),
  'provider slow': call('takes three seconds to answer a question', look, 'slow', 3000),
  'provider nonsense': call('answers that cannot be read', look, 'invalid-json'),
  'charge cut off': call('takes the reserved money and breaks the line', charge, 'cut-after'),
  'closing cut off': call('closes an unpaid checkout and breaks the line', close, 'cut-after'),
  'refund cut off': call('gives the money back and breaks the line', giveBack, 'cut-after'),
  'refund 500 after it went': call('gives the money back and answers 500', giveBack, 'error-after'),
  'refund 500': call('gives nothing back and answers 500', giveBack, 'error'),
  'card company down': call('breaks every line', ['any'], 'cut'),
  'money only reserved': money('the charge that follows a reservation fails', 'autoCharge', 'fails', 'works'),
  'charge refused': money('refuses to charge what is reserved', 'charges', 'declined', 'work'),
  'refund pending': money('refunds wait for money at the company', 'refunds', 'pending', 'completed'),
  'refund fails': money('refunds fail at the bank', 'refunds', 'failed', 'completed'),
} satisfies Record<string, Switch>
