import type { Texts } from '../../../../base/language.ts'
import { accessibility } from './accessibility.ts'
import { privacy } from './privacy.ts'
import type { Facts, Statement } from './statement.ts'
import { terms } from './terms.ts'

/** The texts that the law and good manners ask for, by the name in their address. */
export const statements: Record<string, Texts<(facts: Facts) => Statement>> = {
  terms,
  privacy,
  accessibility,
}
