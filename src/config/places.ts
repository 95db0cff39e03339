import { z } from 'zod'

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

/** The part of JSON Schema that zod writes and we read. */
interface JsonSchema {
  type?: string
  description?: string
  secret?: boolean
  properties?: Record<string, JsonSchema>
  items?: JsonSchema
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
}

/**
 * Every setting of a schema that is a value or a list, in the order of the schema. Where a section may take one of
 * several shapes (koha.auth), the settings of all of them.
 */
export function settingPlaces(schema: z.ZodType): SettingPlace[] {
  const places = new Map<string, SettingPlace>()
  const walk = (node: JsonSchema, path: string[]): void => {
    const sections = shapesOf(node).filter((shape) => shape.properties)
    if (sections.length === 0) places.set(path.join('.'), placeOf(node, path))
    for (const { properties = {} } of sections)
      for (const [key, child] of Object.entries(properties)) walk(child, [...path, key])
  }
  walk(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema, [])
  return [...places.values()]
}

function placeOf(node: JsonSchema, path: string[]): SettingPlace {
  const form = node.type === 'string' ? 'text' : node.type === 'array' ? 'list' : 'other'
  const secret = [node, node.items ?? {}].some((part) => part.secret === true)
  return { path, form, secret, description: node.description }
}

function shapesOf(node: JsonSchema): JsonSchema[] {
  return [node, ...(node.anyOf ?? []), ...(node.oneOf ?? [])]
}
