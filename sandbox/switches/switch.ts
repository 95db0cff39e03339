import type { SandboxCards } from '../cards/server.ts'
import type { SandboxIdp } from '../idp/sandbox-idp.ts'
import type { SandboxKoha } from '../koha/sandbox-koha.ts'
import type { SandboxMailbox } from '../mailbox/sandbox-mailbox.ts'

/** Everybody outside who can let the product down. */
export interface Outside {
  koha: SandboxKoha
  cards: SandboxCards
  idp: SandboxIdp
  mailbox: SandboxMailbox
}

/** How hard: so many calls, after so many that went well. Left out, it lasts until it is switched off. */
export interface Dose {
  times?: number
  after?: number
}

/** One way in which a neighbour can be broken, by a person on the control panel or by the drill. */
export interface Switch {
  neighbour: Neighbour
  /** What it does, in words for people. */
  what: string
  isOn(outside: Outside): boolean
  turnOn(outside: Outside, dose?: Dose): void | Promise<void>
  turnOff(outside: Outside): void | Promise<void>
}

export const neighbours = ['Koha', 'Card company', 'Webhooks', 'Mail', 'Sign-in'] as const
export type Neighbour = (typeof neighbours)[number]
