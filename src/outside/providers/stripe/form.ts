export type FormValue = string | number | boolean | undefined | FormValue[] | { [key: string]: FormValue }

/**
 * Stripe's form encoding: `{a: {b: [1]}}` becomes `a[b][0]=1`. Undefined is left out.
 * docs.stripe.com/api: request bodies are form-encoded.
 */
export function formBody(fields: { [key: string]: FormValue }): string {
  const pairs = new URLSearchParams()
  const add = (name: string, value: FormValue): void => {
    if (value === undefined) return
    if (typeof value !== 'object') {
      pairs.append(name, String(value))
      return
    }
    for (const [key, child] of Object.entries(value)) add(`${name}[${key}]`, child)
  }
  for (const [key, value] of Object.entries(fields)) add(key, value)
  return pairs.toString()
}
