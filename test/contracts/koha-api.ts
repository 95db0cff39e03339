import SwaggerParser from '@apidevtools/swagger-parser'
import { outsideFile } from './outside-files.ts'

/** A type as Swagger 2.0 writes it, with all references followed. */
export interface Schema {
  type?: string | string[]
  format?: string
  minimum?: number
  enum?: string[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
}

export interface Parameter extends Omit<Schema, 'required'> {
  name: string
  in: 'query' | 'path' | 'header' | 'body' | 'formData'
  type?: string
  required?: boolean
  schema?: Schema
}

export interface Operation {
  parameters?: Parameter[]
  responses: Record<string, { schema: Schema }>
  'x-koha-authorization'?: { permissions: object }
}

export interface KohaApi {
  paths: Record<string, Record<string, Operation>>
  definitions: Record<string, Schema>
}

/** Reads Koha's own document, with all references followed. Throws when it is no Swagger 2.0. */
export async function readKohaApi(): Promise<KohaApi> {
  return (await SwaggerParser.validate(outsideFile('koha/openapi.json'))) as unknown as KohaApi
}
