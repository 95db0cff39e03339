/** The areas, ground floor first. An area imports only areas on lower floors. */
const floors = [
  ['people'],
  ['ledger'],
  ['debts'],
  ['notices'],
  ['payments'],
  ['refunds'],
  ['write-back'],
  ['receipts'],
  ['parked'],
  ['invoices'],
  ['reconciliation'],
]

/**
 * The kinds of file in an area. A store speaks SQL; a flow is a verb and does something; a drawing turns a noun into
 * bytes or markup; everything else is a rule, and pure. A flow whose verb is missing here is held to the rules' standard
 * and will say so.
 */
const verbs = [
  'anchor',
  'approve',
  'begin',
  'clear',
  'deliver',
  'do',
  'end',
  'download',
  'export',
  'finish',
  'forget',
  'give',
  'make',
  'match',
  'move',
  'preview',
  'propose',
  'read',
  'reconcile',
  'resolve',
  'send',
  'settle',
  'show',
  'sign',
  'start',
  'take',
  'verify',
  'withdraw',
  'write',
]
/** What a verb has left behind is a noun again: match-rule, write-back-plan. */
const nouns = ['rule', 'plan', 'store']

const inAreas = `^src/(?:${floors.flat().join('|')})/`
const stores = `${inAreas}(?:store|[a-z-]+-store)[.]ts$`
const flows = `${inAreas}(?:${verbs.join('|')})-(?![a-z-]*(?:${nouns.join('|')})[.]ts$)[a-z-]+[.]ts$`
const drawings = `${inAreas}[a-z-]+-(?:pdf|drawing|fonts)[.]ts$`

/** Floors, and patterns of paths for each kind of file. */
module.exports = { floors, areas: inAreas, stores, flows, drawings }
