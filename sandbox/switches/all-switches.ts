import { cardSwitches } from './card-switches.ts'
import { kohaSwitches } from './koha-switches.ts'
import { mailSwitches, signInSwitches } from './people-switches.ts'
import type { Outside, Switch } from './switch.ts'
import { webhookSwitches } from './webhook-switches.ts'

/** Everything outside that can be broken, by name: what the control panel shows and what the drill turns. */
export const switches = {
  ...kohaSwitches,
  ...cardSwitches,
  ...webhookSwitches,
  ...mailSwitches,
  ...signInSwitches,
} satisfies Record<string, Switch>

export type SwitchName = keyof typeof switches

/** Whether there is a switch of that name. */
export function isSwitch(name: string): name is SwitchName {
  return Object.hasOwn(switches, name)
}

/** All well again: every neighbour behaves, and what was kept back goes out. */
export async function allWell(outside: Outside): Promise<void> {
  const { koha, cards } = outside
  for (const each of Object.values<Switch>(switches)) if (each.isOn(outside)) await each.turnOff(outside)
  // What was broken on the neighbours' own pages.
  Object.assign(cards.world, { autoCharge: 'works', charges: 'work', refunds: 'completed' })
  koha.world.faults.clear()
  cards.world.faults.clear()
}
