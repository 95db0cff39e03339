import type { z } from 'zod'
import type { Fault } from './tree.ts'

const kinds: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a section with settings of its own',
  record: 'a section with names of its own',
}

/**
 * Returns what zod found, in an operator's words: `koha.url: is missing`. Never holds the value itself, which may be
 * a secret.
 */
export function faultOf(issue: z.core.$ZodIssue): Fault {
  return `${placeOf(issue.path) || 'kvitt.yaml'}: ${wordsFor(issue)}`
}

/** Settings that were called otherwise once, by their former name. */
const newNames: Record<string, string> = { believed: 'trustedAttributes' }

function withNewName(key: string): string {
  const name = Object.hasOwn(newNames, key) ? newNames[key] : undefined
  return name ? `${key} (it is called ${name} now)` : key
}

/** `people.staff (entry 2).roles`: entries of a list are counted from 1. */
function placeOf(path: PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? ` (entry ${key + 1})` : `.${String(key)}`))
    .join('')
    .slice(1)
}

function wordsFor(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      // zod has no other sign of an absent key than these words.
      return issue.message.endsWith('received undefined')
        ? 'is missing'
        : `must be ${kinds[issue.expected] ?? issue.expected}`
    case 'unrecognized_keys':
      return `there is no such setting: ${issue.keys.map(withNewName).join(', ')}`
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(' or ')}`
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? `must be ${issue.options.join(' or ')}`
        : issue.message
    case 'too_small':
      return `must ${have(issue.origin)} at least ${issue.minimum}${unit(issue.origin)}`
    case 'too_big':
      return `must ${have(issue.origin)} at most ${issue.maximum}${unit(issue.origin)}`
    case 'invalid_format':
      return formatWords(issue)
    default:
      return issue.message
  }
}

function have(origin: string): string {
  return origin === 'string' || origin === 'array' ? 'have' : 'be'
}

function unit(origin: string): string {
  if (origin === 'string') return ' characters'
  return origin === 'array' ? ' entries' : ''
}

function formatWords({ format, message, pattern }: z.core.$ZodIssueInvalidStringFormat): string {
  if (format === 'url') return 'must be an address that begins with http:// or https://'
  if (format === 'email') return 'must be an e-mail address'
  if (format === 'date') return 'must be a date, like 2026-01-01'
  return message.startsWith('Invalid') && pattern ? `must be of the form ${pattern}` : message
}
