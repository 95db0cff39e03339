import type { Fault } from '../koha/faults.ts'
import type { Switch } from './switch.ts'

/** A fault of Koha's API; `milliseconds` long where it is slow. */
function api(what: string, fault: Omit<Fault, 'times' | 'after'>): Switch {
  const same = ({ kind, on }: Fault) => kind === fault.kind && on === fault.on
  return {
    neighbour: 'Koha',
    what,
    isOn: ({ koha }) => koha.world.faults.active().some(same),
    turnOn: ({ koha }, dose = {}) => koha.world.faults.add({ ...fault, ...dose }),
    turnOff: ({ koha }) => koha.world.faults.remove(same),
  }
}

/** Koha has no idempotency key, takes no lock, and may answer 500 after it has booked. */
export const kohaSwitches = {
  'Koha 500 after commit': api('books the credit and then answers 500', { kind: '500-after', on: 'credits' }),
  'Koha time-out after commit': api('books the credit and falls silent', {
    kind: 'timeout-after',
    on: 'credits',
    milliseconds: 4000,
  }),
  'Koha cut after commit': api('books the credit and breaks the line', { kind: 'cut-after', on: 'credits' }),
  'Koha 500': api('fails with 500 and books nothing', { kind: '500-before', on: 'credits' }),
  'Koha slow': api('books the credit after the caller has hung up', {
    kind: 'slow',
    on: 'credits',
    milliseconds: 2600,
  }),
  'Koha slow to read': api('takes three seconds over every question', {
    kind: 'slow',
    on: 'reads',
    milliseconds: 3000,
  }),
  'Koha 401': api('forgets every token and refuses the key', { kind: '401', on: 'all' }),
  'Koha 403': api('has taken the permission to book away', { kind: '403', on: 'credits' }),
  'Koha HTML': api('answers with a web page in place of JSON', { kind: 'html', on: 'all' }),
  'Koha 503': api('is closed for maintenance', { kind: '503', on: 'all' }),
  'Koha cut': api('breaks every line before it has read anything', { kind: 'down', on: 'all' }),
  'Koha dies between credits': api('breaks the line when a credit comes', { kind: 'down', on: 'credits' }),
  'Koha 500 after debit': api('makes the debit of a refund and then answers 500', {
    kind: '500-after',
    on: 'debits',
  }),
  'Koha cut after debit': api('makes the debit of a refund and breaks the line', {
    kind: 'cut-after',
    on: 'debits',
  }),
  'Koha 500 at debit': api('fails with 500 and makes no debit', { kind: '500-before', on: 'debits' }),
} satisfies Record<string, Switch>
