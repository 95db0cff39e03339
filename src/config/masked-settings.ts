import { decimalText } from '../base/money.ts'
import { knownProviders } from '../outside/providers/list.ts'
import { type Config, settingsSchemaWith } from './load.ts'
import { settingPlaces } from './places.ts'

const MASK = '•••'

const secretPlaces = settingPlaces(settingsSchemaWith(knownProviders))
  .filter(({ secret }) => secret)
  .map(({ path }) => path)

/**
 * Returns the settings in force with every secret masked, by section: what an operator may see and paste into a
 * ticket.
 */
export function maskedSettings(config: Config): Record<string, unknown> {
  const { coding: _coding, neededParts: _neededParts, ...settings } = config
  const shown: Record<string, unknown> = structuredClone(settings)
  // As it is written in the settings: kronor.
  shown.debts = { ...settings.debts, minimum: decimalText(settings.debts.minimum) }
  for (const path of secretPlaces) maskAt(shown, path)
  return shown
}

function maskAt(section: unknown, [key, ...rest]: string[]): void {
  if (typeof section !== 'object' || section === null || key === undefined) return
  const inside = section as Record<string, unknown>
  if (!(key in inside)) return
  if (rest.length > 0) maskAt(inside[key], rest)
  else inside[key] = masked(inside[key])
}

/** A list keeps its length. A database's address shows where it leads, not who goes there and with what. */
function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked)
  if (typeof value !== 'string') return value
  if (!/^postgres(?:ql)?:\/\//.test(value) || !URL.canParse(value)) return MASK
  const { protocol, host, pathname } = new URL(value)
  return `${protocol}//${MASK}@${host}${pathname}`
}
