import type { Mishap } from '../idp/response.ts'
import { EVERYBODY } from '../mailbox/smtp-door.ts'
import type { Switch } from './switch.ts'

export const mailSwitches = {
  'mail down': {
    neighbour: 'Mail',
    what: 'takes no connections',
    isOn: ({ mailbox }) => !mailbox.isOpen(),
    turnOn: ({ mailbox }) => mailbox.goDown(),
    turnOff: ({ mailbox }) => mailbox.comeUp(),
  },
  'mail refused': {
    neighbour: 'Mail',
    what: 'refuses every address (550)',
    isOn: ({ mailbox }) => mailbox.inbox.refused.has(EVERYBODY),
    turnOn: ({ mailbox }) => void mailbox.inbox.refused.add(EVERYBODY),
    turnOff: ({ mailbox }) => void mailbox.inbox.refused.delete(EVERYBODY),
  },
} satisfies Record<string, Switch>

/** Every response of the identity provider has this wrong with it. */
function response(what: string, mishap: Mishap): Switch {
  return {
    neighbour: 'Sign-in',
    what,
    isOn: ({ idp }) => idp.world.mishap === mishap,
    turnOn: ({ idp }) => {
      idp.world.mishap = mishap
    },
    turnOff: ({ idp }) => {
      if (idp.world.mishap === mishap) idp.world.mishap = 'none'
    },
  }
}

export const signInSwitches = {
  'sign-in down': {
    neighbour: 'Sign-in',
    what: 'answers everything with 503',
    isOn: ({ idp }) => idp.world.closed,
    turnOn: ({ idp }) => {
      idp.world.closed = true
    },
    turnOff: ({ idp }) => {
      idp.world.closed = false
    },
  },
  'sign-in by a stranger': response('signs with a key that nobody knows', 'wrong-key'),
  'sign-in tampered': response('is changed after it was signed', 'tampered'),
  'sign-in unsigned': response('is not signed', 'unsigned'),
  'sign-in too old': response('is an hour old', 'expired'),
  'sign-in for another': response('is meant for another service', 'other-audience'),
} satisfies Record<string, Switch>
