import type { Area } from '../area.ts'
import type { Texts } from '../base/language.ts'
import { common } from '../web/texts/common.ts'
import { createTexts } from '../web/texts/texts.ts'

/** Returns all texts that templates read: those of the kit and those of the areas. */
export function pageTextsOf(areas: readonly Area[]): Texts<object> {
  return createTexts([{ common }, ...areas.flatMap(({ pages = [] }) => pages.map(({ texts = {} }) => texts))])
}
