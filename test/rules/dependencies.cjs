/**
 * Who may import whom, for dependency-cruiser: `npm run architecture`. docs/architecture.md says the same with a
 * picture. Types count too. Each rule is proved to bite by architecture.test.ts, which breaks it on purpose.
 */

const {
  areas: inAreas,
  cases,
  floors,
  flows,
  pages,
  records,
  rules,
  sections,
  stores,
} = require('./kinds.cjs')
const rooms = require('./rooms.cjs')

/** The small things that everybody uses. They import nothing of ours but each other. */
const base = '^src/base/'
const ports = '^src/outside/ports/'
const context = '^src/work/(?:context|each-due|wake|retry-plan)[.]ts$'
const config = '^src/config/(?:load|schema)[.]ts$'
/** As much of it as stores and flows see: statements, transactions, and how due work is claimed. */
const theDatabase = '^src/database/(?:database|claim-due|locks)[.]ts$'
/** The one client for HTTP to others, and the files that it alone is made of. */
const http = '^src/outside/http[.]ts$'
const httpParts = '^src/outside/http[-a-z]*[.]ts$'

/** A package's address: found in node_modules, or by its bare name where it is not installed. */
const packageAt = (name) => `^(?:node_modules/)?(?:@types/)?${name.replace(/[.]/g, '[.]')}(?:/|$)`
const anyPackage = '(?:^|/)node_modules/|^@|^[a-z][^/.]*$'

/** No import from here to there. `because` is read by whoever broke it. */
const never = (name, because, from, to) => ({
  name,
  comment: because,
  severity: 'error',
  from: asPlace(from),
  to: asPlace(to),
})
const asPlace = (place) => (typeof place === 'string' || Array.isArray(place) ? { path: place } : place)

/** From here, nothing of ours but what is listed. */
const only = (name, because, from, allowed) =>
  never(name, because, from, { path: '^src/', pathNot: [].concat(allowed) })

const floorRules = floors
  .slice(0, -1)
  .map((area, height) =>
    never(
      `floors-${area}`,
      `An area imports only areas on lower floors; ${area} stands below what it imports here.`,
      `^src/areas/${area}/`,
      `^src/areas/(?:${floors.slice(height + 1).join('|')})/`,
    ),
  )

module.exports = {
  forbidden: [
    ...floorRules,
    only(
      'areas-know-the-house-below',
      'An area uses areas, the context, the database, the ports and base/; never the web, an adapter or the service.',
      inAreas,
      [inAreas, '^src/area[.]ts$', base, ports, context, config, theDatabase],
    ),
    never(
      'settings-are-a-type-to-areas',
      'What is configured comes in the context; an area knows only its shape.',
      inAreas,
      { path: '^src/config/', dependencyTypesNot: ['type-only'] },
    ),
    only(
      'sections-are-plain',
      "An area's section of the settings knows base/ and the kinds of values.",
      sections,
      [base, inAreas, sections],
    ),
    only('rules-are-pure', 'A rule is a noun: no I/O, no clock, no flow, no store.', rules, [
      inAreas,
      '^src/area[.]ts$',
      base,
      ports,
      config,
    ]),
    never(
      'rules-know-no-flow-no-store',
      'A rule is told what it needs to know; it does not look it up.',
      rules,
      { path: [stores, flows], dependencyTypesNot: ['type-only'] },
    ),
    never('rules-know-no-package', 'A rule is pure: neither npm packages nor node: modules.', rules, {
      path: anyPackage,
      dependencyTypesNot: ['local'],
    }),
    never('rules-know-no-node', 'A rule is pure: neither npm packages nor node: modules.', rules, {
      dependencyTypes: ['core'],
    }),
    only(
      'stores-speak-sql',
      "A store knows the database, its rows' words and other stores; it does not decide and does not act.",
      stores,
      [inAreas, base, ports, theDatabase],
    ),
    never('stores-know-no-flow', 'A flow calls stores, never the other way round.', stores, flows),
    only(
      'pages-know-areas-and-the-kit',
      'A page uses the kit in web/, the areas, the context and the ports; never an adapter or the service.',
      pages,
      [
        pages,
        inAreas,
        '^src/web/',
        base,
        ports,
        context,
        '^src/config/(?:load|schema|masked-settings)[.]ts$',
        '^src/database/database[.]ts$',
        '^src/area[.]ts$',
      ],
    ),
    never(
      'pages-are-their-areas-own',
      "Nobody imports another area's pages: what two areas show stands in a rule below both, or in the kit.",
      { path: '^src/areas/([a-z-]+)/' },
      { path: pages, pathNot: '^src/areas/$1/' },
    ),
    never(
      'records-are-for-the-list',
      "An area's record is read by areas.ts alone.",
      { path: '^src/', pathNot: '^src/areas[.]ts$' },
      records,
    ),
    only(
      'records-name-their-own',
      'A record names what its own area has; it knows no other area and no adapter.',
      { path: '^src/areas/([a-z-]+)/area[.]ts$' },
      ['^src/areas/$1/', '^src/area[.]ts$', base],
    ),
    only('cases-do-what-areas-do', "An area's kinds of cases use what its flows use.", cases, [
      cases,
      inAreas,
      '^src/area[.]ts$',
      base,
      theDatabase,
    ]),
    only(
      'the-web-is-a-kit',
      'The web is a kit for the pages of all areas: it knows none of them.',
      '^src/web/',
      ['^src/web/', base, ports, context, config, '^src/database/database[.]ts$'],
    ),
    only(
      'adapters-know-the-ports',
      "An adapter knows the ports, the HTTP client, base/ and areas' rules; never a flow, a store, the context or another adapter.",
      { path: '^src/outside/([^/]+)/', pathNot: [ports, '^src/outside/[^/]+/settings[.]ts$'] },
      ['^src/outside/$1/', http, ports, base, inAreas],
    ),
    never(
      'adapters-know-only-rules',
      "An adapter knows the ports, base/ and areas' rules; never a flow, a store, the context or another adapter.",
      '^src/outside/',
      [stores, flows],
    ),
    never(
      'one-door-outwards',
      'Only outside/http.ts opens a connection to others: one time limit, one proxy, one answer to what was sent. (Mail goes by nodemailer; what listens may import what it needs to.)',
      {
        path: '^src/',
        pathNot: [httpParts, '^src/web/server-with-timeouts[.]ts$', '^src/database/'],
      },
      { path: '^(?:https?|http2|net|tls|dgram)$', dependencyTypesNot: ['type-only'] },
    ),
    only(
      'http-knows-nobody',
      'The HTTP client knows the words for trouble and nothing of whom it calls.',
      httpParts,
      [httpParts, base],
    ),
    only('ports-know-nobody', 'Ports are the shapes in which we speak to the outside.', ports, [ports, base]),
    never(
      'the-web-gets-what-is-wired',
      'The web and the pages know the shape of what is wired and configured; they wire nothing themselves.',
      '^src/(?:web/|areas/[a-z-]+/pages/)',
      { path: '^src/(?:service/|config/load|database/)', dependencyTypesNot: ['type-only'] },
    ),
    only('work-knows-no-area', 'What goes on by itself is handed to work/: it knows no area.', '^src/work/', [
      '^src/work/',
      base,
      ports,
      config,
      '^src/database/',
    ]),
    only(
      'the-database-knows-nobody',
      'The database opens, migrates and runs; what else is laid there is handed to it.',
      '^src/database/',
      ['^src/database/', base],
    ),
    never(
      'one-place-wires',
      'wiring.ts alone knows which adapter stands behind which port; the configuration asks for the lists and the settings.',
      { path: '^src/', pathNot: ['^src/(?:service/wiring[.]ts|outside/)'] },
      {
        path: '^src/outside/',
        pathNot: [ports, '^src/outside/(?:(?:providers|economy)/list|[^/]+/settings)[.]ts$'],
      },
    ),
    never(
      'threads-start-in-one-place',
      'What would block the event loop goes through the context: offLoop. Its threads have limits and end with the process.',
      { path: '^src/', pathNot: '^src/work/off-loop/' },
      '^(?:node:)?worker_threads$',
    ),
    never(
      'receipts-are-drawn-in-a-thread',
      'pdfkit and fonts block the event loop and fill its memory: draw with drawReceiptPdf, which names the module and does not import it.',
      { path: '^src/', pathNot: '^src/areas/receipts/receipt-(?:pdf|drawing|fonts)[.]ts$' },
      { path: '^src/areas/receipts/receipt-(?:pdf|drawing|fonts)[.]ts$', dependencyTypesNot: ['type-only'] },
    ),
    only('base-is-the-ground', 'What everybody uses may use nobody.', base, base),
    ...Object.entries(rooms).map(([name, room]) =>
      never(
        `package-${name.replace(/[@/]/g, '')}`,
        `Only ${room} may know ${name}. Types alone are no matter.`,
        { path: '^src/', pathNot: room },
        { path: packageAt(name), dependencyTypesNot: ['type-only'] },
      ),
    ),
    never(
      'package-unknown',
      'A package of the product has its rooms: enter it in test/rules/rooms.cjs.',
      '^src/',
      { path: anyPackage, pathNot: Object.keys(rooms).map(packageAt), dependencyTypesNot: ['local', 'core'] },
    ),
    never(
      'product-knows-no-sandbox',
      'The demo is the product with other addresses in its configuration.',
      '^src/',
      '^sandbox/',
    ),
    only(
      'sandbox-knows-only-money',
      'The sandbox plays the outside world: it must not share our mistakes.',
      '^sandbox/',
      '^src/base/money[.]ts$',
    ),
    never('src-knows-no-test', 'Nobody imports a test.', '^src/', '^(?:test|bench|docs)/'),
    never('nothing-missing', 'It is not there.', '^(?:src|sandbox)/', {
      couldNotResolve: true,
      dependencyTypesNot: ['type-only'],
    }),
    never('no-circles', 'Who imports whom must have an end.', {}, { circular: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.d.ts'],
    },
  },
}
