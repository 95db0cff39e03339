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
  ['floors-ledger', 'src/ledger/start-a.ts', 'src/payments/store.ts'],
  ['floors-people', 'src/people/start-a.ts', 'src/ledger/posting.ts'],
  ['floors-debts', 'src/debts/start-a.ts', 'src/payments/store.ts'],
  ['floors-notices', 'src/notices/start-a.ts', 'src/payments/store.ts'],
  ['floors-payments', 'src/payments/start-a.ts', 'src/refunds/store.ts'],
  ['floors-refunds', 'src/refunds/send-a.ts', 'src/write-back/debit-store.ts'],
  ['floors-write-back', 'src/write-back/send-a.ts', 'src/receipts/given-back.ts'],
  ['floors-receipts', 'src/receipts/read-a.ts', 'src/parked/ways-out.ts'],
  ['floors-parked', 'src/parked/resolve-a.ts', 'src/invoices/store.ts'],
  ['floors-invoices', 'src/invoices/start-a.ts', 'src/reconciliation/store.ts'],
  ['areas-know-the-house-below', 'src/payments/start-b.ts', 'src/outside/koha/koha.ts'],
  ['areas-know-the-house-below', 'src/payments/start-c.ts', 'src/web/page.ts'],
  ['settings-are-a-type-to-areas', 'src/payments/start-d.ts', 'src/config.ts'],
  ['rules-are-pure', 'src/payments/payment.ts', 'src/context.ts'],
  ['rules-know-no-flow-no-store', 'src/refunds/refund.ts', 'src/payments/store.ts'],
  ['rules-know-no-flow-no-store', 'src/refunds/refund.ts', 'src/payments/start-e.ts'],
  ['rules-know-no-package', 'src/payments/plan.ts', 'zod'],
  ['rules-know-no-node', 'src/payments/plan.ts', 'node:crypto'],
  ['stores-speak-sql', 'src/payments/store.ts', 'src/context.ts'],
  ['stores-know-no-flow', 'src/payments/store.ts', 'src/payments/start-e.ts'],
  ['adapters-know-the-ports', 'src/outside/koha/koha.ts', 'src/context.ts'],
  ['adapters-know-the-ports', 'src/outside/koha/koha.ts', 'src/outside/mail/smtp.ts'],
  ['adapters-know-only-rules', 'src/outside/koha/items.ts', 'src/payments/store.ts'],
  ['adapters-know-the-ports', 'src/outside/koha/wire.ts', 'src/outside/http-exchange.ts'],
  ['one-door-outwards', 'src/outside/koha/wire.ts', 'node:http'],
  ['one-door-outwards', 'src/outside/koha/wire.ts', 'node:https'],
  ['one-door-outwards', 'src/outside/saml/wire.ts', 'node:tls'],
  ['one-door-outwards', 'src/web/page.ts', 'node:net'],
  ['package-axios', 'src/outside/koha/wire.ts', 'axios'],
  ['http-knows-nobody', 'src/outside/http.ts', 'src/outside/koha/koha.ts'],
  ['ports-know-nobody', 'src/outside/ports/koha.ts', 'src/debts/debt.ts'],
  ['the-web-asks-the-areas', 'src/web/page.ts', 'src/outside/koha/koha.ts'],
  ['the-web-gets-what-is-wired', 'src/web/routes.ts', 'src/wiring.ts'],
  ['jobs-call-the-areas', 'src/jobs/tasks.ts', 'src/web/page.ts'],
  ['the-database-knows-nobody', 'src/database/open.ts', 'src/payments/store.ts'],
  ['one-place-wires', 'src/start.ts', 'src/outside/koha/koha.ts'],
  ['small-things-are-small', 'src/money.ts', 'src/debts/debt.ts'],
  ['package-unknown', 'src/web/page.ts', 'left-pad'],
  ['product-knows-no-sandbox', 'src/start.ts', 'src/sandbox/demo.ts'],
  ['sandbox-knows-only-money', 'src/sandbox/demo.ts', 'src/outside/ports/koha.ts'],
  ['src-knows-no-test', 'src/start.ts', 'test/support/world.ts'],
  ['nothing-missing', 'src/start.ts', './nowhere.ts'],
  ['no-circles', 'src/debts/coding.ts', 'src/debts/debt.ts'],
  ...packageRules
    .filter((rule) => rule !== 'package-unknown')
    .map((rule): [string, string, string] => [rule, 'src/people/start-b.ts', packageOf(rule)]),
]

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
      (one) => one.rule.name === 'floors-people' && one.from === 'src/people/type-only.ts',
    )
    expect(caught?.to).toBe('src/payments/store.ts')
  })
})

type Violation = ICruiseResult['summary']['violations'][number]

async function violations(baseDir: string): Promise<Violation[]> {
  const { output } = await cruise(['src'], { ...options, ruleSet: { forbidden }, validate: true, baseDir })
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
    ['src/people/type-only.ts', ['type src/payments/store.ts']],
    // The other half of a circle.
    ['src/debts/debt.ts', ['src/debts/coding.ts']],
  ])
  for (const [, from, to] of offences) {
    imports.set(from, [...(imports.get(from) ?? []), to])
    if (to.startsWith('src/') || to.startsWith('test/')) imports.set(to, imports.get(to) ?? [])
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
  const path = /^(?:src|test)\//.test(to) ? relative(dirname(from), to).replace(/^(?![.])/, './') : to
  return `import ${type ? 'type ' : ''}{ it as it${index} } from '${path}'`
}
