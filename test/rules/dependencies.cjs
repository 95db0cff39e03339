/**
 * Who may import whom, for dependency-cruiser: `npm run architecture`. docs/architecture.md says the same with a
 * picture. Types count too. Each rule is proved to bite by architecture.test.ts, which breaks it on purpose.
 */

const { areas: inAreas, drawings, floors, flows, stores } = require('./kinds.cjs')
const rooms = require('./rooms.cjs')

/** The small things that everybody uses. They import nothing of ours but each other. */
const smallThings = '^src/(?:csv|formats|local-time|money|version)[.]ts$'
const ports = '^src/outside/ports/'
/** The one client for HTTP to others, and the files that it alone is made of. */
const http = '^src/outside/http[.]ts$'
const httpParts = '^src/outside/http[-a-z]*[.]ts$'
/** As much of it as stores and flows see: statements, transactions, and how due work is taken. */
const theDatabase = '^src/database/(?:database|claim-due)[.]ts$'

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

const floorRules = floors.slice(0, -1).flatMap((floor, height) =>
  floor.map((area) => {
    const notBelow = floors
      .slice(height)
      .flat()
      .filter((other) => other !== area)
    return never(
      `floors-${area}`,
      `An area imports only areas on lower floors; ${area} stands below or beside what it imports here.`,
      `^src/${area}/`,
      `^src/(?:${notBelow.join('|')})/`,
    )
  }),
)

module.exports = {
  forbidden: [
    ...floorRules,
    only(
      'areas-know-the-house-below',
      'An area uses areas, the context, the database, the ports and the small things; never the web, the jobs, an adapter.',
      inAreas,
      [inAreas, smallThings, ports, '^src/(?:context|config|settings|log)[.]ts$', theDatabase],
    ),
    never(
      'settings-are-a-type-to-areas',
      'What is configured comes in the context; an area knows only its shape.',
      inAreas,
      { path: '^src/(?:config|settings)[.]ts$', dependencyTypesNot: ['type-only'] },
    ),
    only(
      'rules-are-pure',
      'A rule is a noun: no I/O, no clock, no flow, no store. (Is it a flow? Then enter its verb in kinds.cjs.)',
      { path: inAreas, pathNot: [stores, flows, drawings] },
      [inAreas, smallThings, ports, '^src/(?:config|settings)[.]ts$'],
    ),
    never(
      'rules-know-no-flow-no-store',
      'A rule is told what it needs to know; it does not look it up.',
      { path: inAreas, pathNot: [stores, flows, drawings] },
      { path: [stores, flows, drawings], dependencyTypesNot: ['type-only'] },
    ),
    never(
      'rules-know-no-package',
      'A rule is pure: neither npm packages nor node: modules.',
      { path: inAreas, pathNot: [stores, flows, drawings] },
      { path: anyPackage, dependencyTypesNot: ['local'] },
    ),
    never(
      'rules-know-no-node',
      'A rule is pure: neither npm packages nor node: modules.',
      { path: inAreas, pathNot: [stores, flows, drawings] },
      { dependencyTypes: ['core'] },
    ),
    only(
      'stores-speak-sql',
      "A store knows the database, its rows' words and other stores; it does not decide and does not act.",
      stores,
      [inAreas, smallThings, ports, theDatabase],
    ),
    never('stores-know-no-flow', 'A flow calls stores, never the other way round.', stores, flows),
    only(
      'adapters-know-the-ports',
      "An adapter knows the ports, the HTTP client, money and areas' rules; never a flow, a store, the context or another adapter.",
      { path: '^src/outside/([^/]+)/', pathNot: ports },
      ['^src/outside/$1/', ports, http, smallThings, inAreas],
    ),
    never(
      'adapters-know-only-rules',
      "An adapter knows the ports, money and areas' rules; never a flow, a store, the context or another adapter.",
      '^src/outside/',
      [stores, flows, drawings],
    ),
    never(
      'one-door-outwards',
      'Only outside/http.ts opens a connection to others: one time limit, one proxy, one answer to what was sent. (Mail goes by nodemailer; what listens may import what it needs to.)',
      { path: '^src/', pathNot: [httpParts, '^src/web/patient-server[.]ts$', '^src/sandbox/'] },
      { path: '^(?:https?|http2|net|tls|dgram)$', dependencyTypesNot: ['type-only'] },
    ),
    only(
      'http-knows-nobody',
      'The HTTP client knows the words for trouble and nothing of whom it calls.',
      httpParts,
      [httpParts, ports],
    ),
    only(
      'ports-know-nobody',
      'Ports are the shapes in which we speak to the outside: they know money and nothing else.',
      ports,
      [ports, smallThings],
    ),
    only(
      'the-web-asks-the-areas',
      'The web uses areas, the context and the ports; never an adapter, the jobs or the start-up.',
      '^src/(?:web/|app[.]ts)',
      [
        '^src/web/',
        inAreas,
        smallThings,
        ports,
        '^src/(?:context|config|settings|log|metrics|version|masked-settings)[.]ts$',
        '^src/jobs/wake[.]ts$',
        '^src/(?:database/database|outside/watched)[.]ts$',
        // What the wiring hands to the app is a type.
        '^src/wiring[.]ts$',
      ],
    ),
    never(
      'the-web-gets-what-is-wired',
      'The web knows the shape of what is wired and configured; it wires nothing itself.',
      '^src/(?:web/|app[.]ts)',
      {
        path: '^src/(?:wiring|config|settings|database/database)[.]ts$',
        dependencyTypesNot: ['type-only'],
      },
    ),
    only(
      'jobs-call-the-areas',
      'Jobs call flows and tidy by stores; they know no adapter and no page.',
      '^src/jobs/',
      [
        '^src/jobs/',
        inAreas,
        smallThings,
        ports,
        '^src/(?:context|log)[.]ts$',
        '^src/database/database[.]ts$',
      ],
    ),
    only(
      'the-database-knows-nobody',
      'The database opens, migrates and runs; what else is laid there is handed to it.',
      '^src/database/',
      ['^src/database/', ports],
    ),
    never(
      'one-place-wires',
      'wiring.ts alone knows which adapter stands behind which port; the command line asks for the list of providers to check settings.',
      { path: '^src/', pathNot: ['^src/(?:wiring[.]ts|outside/|sandbox/)'] },
      {
        path: '^src/outside/',
        pathNot: [ports, '^src/outside/watched[.]ts$', '^src/outside/(?:providers|economy)/list[.]ts$'],
      },
    ),
    only('small-things-are-small', 'What everybody uses may use nobody.', smallThings, smallThings),
    ...Object.entries(rooms).map(([name, room]) =>
      never(
        `package-${name.replace(/[@/]/g, '')}`,
        `Only ${room} may know ${name}. Types alone are no matter.`,
        { path: '^src/', pathNot: [room, '^src/sandbox/'] },
        { path: packageAt(name), dependencyTypesNot: ['type-only'] },
      ),
    ),
    never(
      'package-unknown',
      'A package of the product has its rooms: enter it in test/rules/dependencies.cjs.',
      { path: '^src/', pathNot: '^src/sandbox/' },
      { path: anyPackage, pathNot: Object.keys(rooms).map(packageAt), dependencyTypesNot: ['local', 'core'] },
    ),
    never(
      'product-knows-no-sandbox',
      'The demo is the product with other addresses in its configuration.',
      { path: '^src/', pathNot: '^src/sandbox/' },
      '^src/sandbox/',
    ),
    only(
      'sandbox-knows-only-money',
      'The sandbox plays the outside world: it must not share our mistakes.',
      '^src/sandbox/',
      ['^src/sandbox/', '^src/money[.]ts$'],
    ),
    never('src-knows-no-test', 'Nobody imports a test.', '^src/', '^(?:test|bench|docs)/'),
    never('nothing-missing', 'It is not there.', '^src/', {
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
