import { stringify } from 'yaml'
import type { Config } from '../config.ts'

const SECRET = /secret|password|private|token|key$|url$/i

/** The settings in force as YAML, with every secret masked: what an operator may paste into a ticket. */
export function maskedSettings({ coding: _coding, neededParts: _neededParts, ...settings }: Config): string {
  return stringify(mask(settings, ''))
}

function mask(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((one) => mask(one, key))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mask(inner, name)]))
  }
  return typeof value === 'string' && SECRET.test(key) ? masked(key, value) : value
}

/** An address shows where it leads, not who goes there. */
function masked(key: string, value: string): string {
  if (!/url$/i.test(key)) return '•••'
  return value.replace(/\/\/[^/@]*@/, '//•••@')
}
