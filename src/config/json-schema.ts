import { z } from 'zod'

/** The part of JSON Schema that zod writes and we read, with what the sections say of their settings by `.meta`. */
export interface JsonSchema {
  type?: string | string[]
  description?: string
  default?: unknown
  const?: unknown
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  /** Never shown, not even to an operator. */
  secret?: boolean
  /** A key or a certificate in several lines: kept in a file of its own. */
  pem?: boolean
  /** The value in the example; a section's own holds for the settings in it. Left out: the default. */
  example?: unknown
  /** What holds when the setting is left out, where the default does not say it. */
  leftOut?: string
  /** Stands in the place of another setting, so the example has it as a comment. */
  alternative?: boolean
}

/** Returns the schema as operators write it: before defaults and transformations. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema
}

/** Returns the shapes that a section may have, mostly one (koha.auth has two); none when it is a value or a list. */
export function sectionShapes(node: JsonSchema): JsonSchema[] {
  return [node, ...(node.anyOf ?? []), ...(node.oneOf ?? [])].filter(({ properties }) => properties)
}

/** Returns true for a secret, and for a list of them. */
export function isSecret(node: JsonSchema): boolean {
  return node.secret === true || node.items?.secret === true
}
