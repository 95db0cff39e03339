import type { z } from 'zod'
import { isSecret, type JsonSchema, jsonSchemaOf, sectionShapes } from './json-schema.ts'

/** One setting: where it stands, and what the schema says about it. */
export interface SettingPlace {
  /** `['koha', 'auth', 'clientSecret']` */
  path: string[]
  /** How a text that comes from the environment or a file is to be read. */
  form: 'text' | 'list' | 'other'
  /** Never shown, not even to an operator. */
  secret: boolean
  description: string | undefined
}

/**
 * Returns every setting of a schema that is a value or a list, in the order of the schema. Where a section may take
 * one of several shapes (koha.auth), the settings of all of them.
 */
export function settingPlaces(schema: z.ZodType): SettingPlace[] {
  const places = new Map<string, SettingPlace>()
  const walk = (node: JsonSchema, path: string[]): void => {
    const sections = sectionShapes(node)
    if (sections.length === 0) places.set(path.join('.'), placeOf(node, path))
    for (const { properties = {} } of sections)
      for (const [key, child] of Object.entries(properties)) walk(child, [...path, key])
  }
  walk(jsonSchemaOf(schema), [])
  return [...places.values()]
}

function placeOf(node: JsonSchema, path: string[]): SettingPlace {
  const form = node.type === 'string' ? 'text' : node.type === 'array' ? 'list' : 'other'
  return { path, form, secret: isSecret(node), description: node.description }
}
