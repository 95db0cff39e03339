/** The areas, ground floor first. An area imports only areas on lower floors. */
const floors = [
  ['audit'],
  ['people'],
  ['ledger'],
  ['debts'],
  ['notices'],
  ['payments'],
  ['refunds'],
  ['koha-account'],
  ['receipts'],
  ['cases'],
  ['exports'],
  ['retention'],
  ['operations'],
  ['desk'],
  ['borrower'],
  ['economy-office'],
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

const file = '(?!settings[.]ts$|coding-file[.]ts$)'
const inAreas = `^src/areas/[a-z-]+/${file}[^/]+$`
const stores = `^src/areas/[a-z-]+/(?:store|[a-z-]+-store)[.]ts$`
const flows = `^src/areas/[a-z-]+/(?:${verbs.join('|')})-(?![a-z-]*(?:${nouns.join('|')})[.]ts$)[a-z-]+[.]ts$`
const drawings = `^src/areas/[a-z-]+/[a-z-]+-(?:pdf|drawing|fonts)[.]ts$`
const pages = '^src/areas/[a-z-]+/pages/'
/** An area's section of the settings, and the coding rules: what the configuration reads. */
const sections = '^src/areas/[a-z-]+/(?:settings|coding-file)[.]ts$'

/** Floors, and patterns of paths for each kind of file. */
module.exports = { floors, areas: inAreas, stores, flows, drawings, pages, sections }
