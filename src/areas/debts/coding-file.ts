import { z } from 'zod'
import type { EconomySettings } from '../ledger/settings.ts'
import { type CodingRule, contradictoryRules } from './coding.ts'

/** The form of coding.yaml, which the economy office keeps. One rule a paragraph; what a rule leaves out matches anything. */
const code = z.union([z.string(), z.number().transform(String)]).pipe(z.string().trim().min(1).max(25))
const day = z.iso.date()

const ruleSchema = z.strictObject({
  debtType: z.string().optional(),
  library: z.string().optional(),
  itemType: z.string().optional(),
  from: day,
  to: day.optional(),
  account: code.pipe(z.string().regex(/^\d{3,8}$/, 'must be an account number')).optional(),
  costCentre: code.optional(),
  activity: code.optional(),
  project: code.optional(),
  counterparty: code.optional(),
  vat: z.enum(['O', 'E', 'S', 'Z']).optional(),
  /** For people; Kvitt does not read it. */
  note: z.string().optional(),
})

const fileSchema = z.strictObject({ rules: z.array(ruleSchema).min(1) })

/** Checks the rules against the university's code string. Every fault names the rule by its place, counted from 1. */
export function readCodingRules(
  tree: unknown,
  codeString: EconomySettings['codeString'],
  file: string,
): { rules: CodingRule[]; faults: string[] } {
  const checked = fileSchema.safeParse(tree)
  if (!checked.success) {
    return {
      rules: [],
      faults: checked.error.issues.map((issue) => `${file}: ${placeOf(issue.path)}: ${issue.message}`),
    }
  }
  const rules = checked.data.rules.map(asRule)
  const faults = rules.flatMap((rule, index) =>
    faultsOf(rule, codeString).map((fault) => `${file}: rule ${index + 1}: ${fault}`),
  )
  for (const [first, second] of contradictoryRules(rules)) {
    faults.push(
      `${file}: rules ${first + 1} and ${second + 1} hold for the same debts on the same day and disagree`,
    )
  }
  return { rules, faults }
}

function placeOf(path: PropertyKey[]): string {
  const [, index, ...rest] = path
  return index === undefined
    ? path.join('.')
    : `rule ${Number(index) + 1}${rest.length > 0 ? `, ${rest.join('.')}` : ''}`
}

function asRule({
  debtType,
  library,
  itemType,
  from,
  to,
  note: _note,
  ...sets
}: z.infer<typeof ruleSchema>): CodingRule {
  const given = Object.fromEntries(Object.entries(sets).filter(([, value]) => value !== undefined))
  return { debtType, library, itemType, from, to, sets: given }
}

function faultsOf(rule: CodingRule, codeString: EconomySettings['codeString']): string[] {
  const faults: string[] = []
  if (rule.to !== undefined && rule.to < rule.from) faults.push('ends before it begins')
  if (Object.keys(rule.sets).length === 0) faults.push('sets nothing')
  for (const [name, part] of Object.entries(codeString)) {
    const value = rule.sets[name as keyof typeof codeString]
    if (part && value && !new RegExp(`^(?:${part.pattern})$`).test(value))
      faults.push(`${name} "${value}" is not of the form ${part.pattern}`)
  }
  for (const name of ['activity', 'project', 'counterparty'] as const) {
    if (rule.sets[name] && !codeString[name])
      faults.push(`sets ${name}, which economy.codeString does not have`)
  }
  return faults
}
