import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** Example payloads of the providers, which lie beside the checkout on some machines and are no part of the project. */
const folder = new URL('../../../../shared/providers/', import.meta.url)

export const havePayloads = existsSync(folder)

/** Says on the console what is not tested; call it where a suite is skipped. */
export function tellSkipped(what: string): void {
  if (!havePayloads) console.log(`SKIPPED: ${what} (no folder ../shared/providers beside the checkout)`)
}

// biome-ignore lint/suspicious/noExplicitAny: what is inside is what the tests are about
export type Payload = Record<string, any>

/** One file as it lies there. */
export function payload(path: string): Payload {
  return JSON.parse(readFileSync(new URL(path, folder), 'utf8'))
}

/** A webhook file as the provider would send it: without the keys that begin with `_`. */
export function webhookBody(path: string): Payload {
  return Object.fromEntries(Object.entries(payload(path)).filter(([key]) => !key.startsWith('_')))
}

/** The JSON files of a folder, as paths from the payloads' root. */
export function payloadFiles(path: string): string[] {
  return readdirSync(new URL(path, folder))
    .filter((name) => name.endsWith('.json'))
    .map((name) => `${path}${name}`)
    .sort()
}
