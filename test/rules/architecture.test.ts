import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const { forbidden, options } = createRequire(import.meta.url)('./dependencies.cjs') as {
  forbidden: (IForbiddenRuleType & { name: string })[]
  options: Record<string, unknown>
}
const rooms = createRequire(import.meta.url)('./rooms.cjs') as Record<string, string>
const { dependencies } = createRequire(import.meta.url)(join(root, 'package.json')) as {
  dependencies: Record<string, string>
}
const { floors } = createRequire(import.meta.url)('./kinds.cjs') as { floors: string[] }
const packageRules = forbidden.map(({ name }) => name).filter((name) => name.startsWith('package-'))

describe('who may import whom', () => {
  it('is as the house says', { timeout: 60_000 }, async () => {
    const found = await violations(root)
    expect(found.map(inWords)).toEqual([])
  })

  it('names rooms for the packages of the product and for no others', () => {
    const named = Object.keys(rooms).filter((name) => !(name in dependencies))
    expect(named, 'packages that the product does not have').toEqual([])
    const homeless = Object.keys(dependencies).filter((name) => !(name in rooms))
    expect(homeless, 'packages that nobody may import').toEqual(['node'])
  })
})

/** One offence against each rule: who imports what, and the rule that must say so. */
const offences: [rule: string, from: string, to: string][] = [
  ...floorOffences(),
  ['areas-know-the-house-below', 'src/areas/payments/start-b.ts', 'src/outside/koha/koha.ts'],
  ['areas-know-the-house-below', 'src/areas/payments/start-c.ts', 'src/web/page.ts'],
  ['settings-are-a-type-to-areas', 'src/areas/payments/start-d.ts', 'src/config/load.ts'],
  ['sections-are-plain', 'src/areas/payments/settings.ts', 'src/work/context.ts'],
  ['rules-are-pure', 'src/areas/payments/payment.ts', 'src/work/context.ts'],
  ['rules-know-no-flow-no-store', 'src/areas/refunds/refund.ts', 'src/areas/payments/store.ts'],
  ['rules-know-no-flow-no-store', 'src/areas/refunds/refund.ts', 'src/areas/payments/start-e.ts'],
  ['rules-know-no-package', 'src/areas/payments/payment.ts', 'zod'],
  ['rules-know-no-node', 'src/areas/payments/payment.ts', 'node:crypto'],
  ['stores-speak-sql', 'src/areas/payments/store.ts', 'src/work/context.ts'],
  ['stores-know-no-flow', 'src/areas/payments/store.ts', 'src/areas/payments/start-e.ts'],
  ['pages-know-areas-and-the-kit', 'src/areas/desk/pages/page.ts', 'src/outside/koha/koha.ts'],
  ['pages-are-their-areas-own', 'src/areas/desk/pages/page.ts', 'src/areas/borrower/pages/fees.ts'],
  ['records-are-for-the-list', 'src/service/start.ts', 'src/areas/desk/area.ts'],
  ['records-name-their-own', 'src/areas/desk/area.ts', 'src/areas/payments/store.ts'],
  ['cases-do-what-areas-do', 'src/areas/refunds/cases.ts', 'src/outside/koha/koha.ts'],
  ['the-web-is-a-kit', 'src/web/page.ts', 'src/areas/payments/store.ts'],
  ['adapters-know-the-ports', 'src/outside/koha/koha.ts', 'src/work/context.ts'],
  ['adapters-know-the-ports', 'src/outside/koha/koha.ts', 'src/outside/mail/smtp.ts'],
  ['adapters-know-only-rules', 'src/outside/koha/items.ts', 'src/areas/payments/store.ts'],
  ['adapters-know-the-ports', 'src/outside/koha/wire.ts', 'src/outside/http-exchange.ts'],
  ['one-door-outwards', 'src/outside/koha/wire.ts', 'node:http'],
  ['one-door-outwards', 'src/outside/koha/wire.ts', 'node:https'],
  ['one-door-outwards', 'src/outside/saml/wire.ts', 'node:tls'],
  ['one-door-outwards', 'src/web/page.ts', 'node:net'],
  ['package-axios', 'src/outside/koha/wire.ts', 'axios'],
  ['http-knows-nobody', 'src/outside/http.ts', 'src/outside/koha/koha.ts'],
  ['ports-know-nobody', 'src/outside/ports/koha.ts', 'src/areas/debts/debt.ts'],
  ['the-web-gets-what-is-wired', 'src/web/routes.ts', 'src/service/wiring.ts'],
  ['work-knows-no-area', 'src/work/workers.ts', 'src/areas/payments/store.ts'],
  ['the-database-knows-nobody', 'src/database/open.ts', 'src/areas/payments/store.ts'],
  ['one-place-wires', 'src/service/start.ts', 'src/outside/koha/koha.ts'],
  ['threads-start-in-one-place', 'src/web/page.ts', 'node:worker_threads'],
  ['receipts-are-drawn-in-a-thread', 'src/areas/receipts/deliver-b.ts', 'src/areas/receipts/receipt-pdf.ts'],
  ['base-is-the-ground', 'src/base/money.ts', 'src/areas/debts/debt.ts'],
  ['package-unknown', 'src/web/page.ts', 'left-pad'],
  ['product-knows-no-sandbox', 'src/service/start.ts', 'sandbox/demo.ts'],
  ['sandbox-knows-only-money', 'sandbox/demo.ts', 'src/outside/ports/koha.ts'],
  ['src-knows-no-test', 'src/service/start.ts', 'test/support/world.ts'],
  ['nothing-missing', 'src/service/start.ts', './nowhere.ts'],
  ['no-circles', 'src/areas/debts/coding.ts', 'src/areas/debts/debt.ts'],
  ...packageRules
    .filter((rule) => rule !== 'package-unknown')
    .map((rule): [string, string, string] => [rule, 'src/base/start-b.ts', packageOf(rule)]),
]

/** Each area but the topmost imports the one above it. */
function floorOffences(): [string, string, string][] {
  return floors
    .slice(0, -1)
    .map((area, height) => [
      `floors-${area}`,
      `src/areas/${area}/start-a.ts`,
      `src/areas/${floors[height + 1]}/store.ts`,
    ])
}

describe('every rule bites', () => {
  let folder: string
  let found: Violation[] = []
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kvitt-rules-'))
    writeOffences(folder)
    found = await violations(folder)
  }, 60_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('has an offence for each rule', () => {
    const missing = forbidden
      .map(({ name }) => name)
      .filter((name) => !offences.some(([rule]) => rule === name))
    expect(missing).toEqual([])
  })

  it.each(offences)('%s: %s → %s', (rule, from, to) => {
    const target = to.startsWith('node:') ? to.slice('node:'.length) : to
    const caught = found.filter((one) => one.rule.name === rule && one.from === from)
    expect(caught.map((one) => one.to).join(' ')).toContain(target)
  })

  it('counts an import of a type, where the rule does', () => {
    const caught = found.find(
      (one) => one.rule.name === 'floors-audit' && one.from === 'src/areas/audit/type-only.ts',
    )
    expect(caught?.to).toBe('src/areas/payments/store.ts')
  })
})

type Violation = ICruiseResult['summary']['violations'][number]

async function violations(baseDir: string): Promise<Violation[]> {
  const { output } = await cruise(['src', 'sandbox'], {
    ...options,
    ruleSet: { forbidden },
    validate: true,
    baseDir,
  })
  return (output as ICruiseResult).summary.violations
}

function inWords({ rule, from, to }: Violation): string {
  const why = forbidden.find(({ name }) => name === rule.name)?.comment
  return `${rule.name}: ${from} → ${to}. ${why}`
}

function packageOf(rule: string): string {
  return Object.keys(rooms).find((name) => rule === `package-${name.replace(/[@/]/g, '')}`) ?? rule
}

/** A small house in which everybody does what nobody may. */
function writeOffences(folder: string): void {
  const imports = new Map<string, string[]>([
    ['src/areas/audit/type-only.ts', ['type src/areas/payments/store.ts']],
    // The other half of a circle.
    ['src/areas/debts/debt.ts', ['src/areas/debts/coding.ts']],
  ])
  for (const [, from, to] of offences) {
    imports.set(from, [...(imports.get(from) ?? []), to])
    if (/^(?:src|test|sandbox)\//.test(to)) imports.set(to, imports.get(to) ?? [])
  }
  for (const [file, targets] of imports) {
    const lines = targets.map((target, index) => importLine(file, target, index))
    mkdirSync(join(folder, dirname(file)), { recursive: true })
    writeFileSync(join(folder, file), [...lines, 'export const it = 1', ''].join('\n'))
  }
}

function importLine(from: string, target: string, index: number): string {
  const type = target.startsWith('type ')
  const to = type ? target.slice('type '.length) : target
  const path = /^(?:src|test|sandbox)\//.test(to) ? relative(dirname(from), to).replace(/^(?![.])/, './') : to
  return `import ${type ? 'type ' : ''}{ it as it${index} } from '${path}'`
}
