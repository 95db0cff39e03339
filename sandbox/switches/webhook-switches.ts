import { type Behaviour, wellBehaved } from '../cards/webhooks.ts'
import type { Outside, Switch } from './switch.ts'

/** Webhooks are sent in such a way. */
function sent(what: string, bad: Partial<Behaviour>): Switch {
  const names = Object.keys(bad) as (keyof Behaviour)[]
  return {
    neighbour: 'Webhooks',
    what,
    isOn: ({ cards }) => names.every((name) => cards.world.webhooks.behaviour[name] === bad[name]),
    turnOn: ({ cards }) => void Object.assign(cards.world.webhooks.behaviour, bad),
    turnOff: ({ cards }) => {
      const good = Object.fromEntries(names.map((name) => [name, wellBehaved[name]]))
      Object.assign(cards.world.webhooks.behaviour, good)
    },
  }
}

const heldBack = sent('are kept back; switching off lets them go', { hold: true })

/** Webhooks come twice, late, forged or never. */
export const webhookSwitches = {
  'webhook lost': sent('are never sent', { drop: 'all' }),
  'every other webhook lost': sent('every other is never sent', { drop: 'every-other' }),
  'webhook doubled': sent('each is sent 20 times at once', { copies: 20 }),
  'webhooks reordered': sent('are sent backwards, in both versions', {
    order: 'backwards',
    versions: 'both',
  }),
  'webhook late': sent('each comes three seconds late', { delayMs: 3000 }),
  'webhook held': {
    ...heldBack,
    turnOff: async (outside: Outside) => {
      await heldBack.turnOff(outside)
      outside.cards.world.webhooks.release()
    },
  },
  'webhook forged': sent('come with a wrong secret or signature', { proof: 'wrong' }),
  'webhook unsigned': sent('come without any proof', { proof: 'none' }),
  'webhook odd': sent('have numbers as text and unknown keys', { numbersAsStrings: true, extraKeys: true }),
} satisfies Record<string, Switch>
