import type { Config } from '../../config/load.ts'
import type { Names } from './batch.ts'

/** Returns the economy office's names for accounts and for the parts of its code string, from the settings. */
export function namesIn({ accountNames, codeString }: Config['economy']): Names {
  const keys = ['costCentre', 'activity', 'project', 'counterparty'] as const
  return {
    accounts: accountNames,
    parts: keys.flatMap((key) => {
      const part = codeString[key]
      return part ? [{ key, part: part.name, sieDimension: part.sieDimension }] : []
    }),
  }
}
