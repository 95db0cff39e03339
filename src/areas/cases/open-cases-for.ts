import type { CaseKinds } from '../../area.ts'
import type { Role } from '../../base/role.ts'
import type { Sql } from '../../database/database.ts'
import { countOpenCases } from './store.ts'

/** Returns how many open cases somebody with these roles must act on: the number in the tab. */
export async function openCasesFor(sql: Sql, kinds: CaseKinds, roles: readonly Role[]): Promise<number> {
  const open = await countOpenCases(sql)
  return open
    .filter(({ kind }) => kinds.get(kind)?.roles.some((role) => roles.includes(role)))
    .reduce((total, { cases }) => total + cases, 0)
}
