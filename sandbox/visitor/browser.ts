/** A page as a visitor without JavaScript gets it. */
export interface Page {
  url: string
  status: number
  text: string
}

export interface Form {
  action: string
  method: 'get' | 'post'
  /** Names and values as a browser would send them; what is not ticked is not there, nor the button that is pressed. */
  fields: [string, string][]
}

/** A small browser: keeps cookies for each host and port, follows redirects, reads forms. No JavaScript, no pictures. */
export interface Browser {
  open(url: string): Promise<Page>
  /** Sends a form, with some fields changed and the name and value of the button pressed. */
  send(page: Page, form: Form, change?: Record<string, string>): Promise<Page>
  /** What it would send in the header Cookie. */
  cookies(url: string): string
}

const MOST_REDIRECTS = 12

/** `headers` are asked for anew with each request: visitors behind one proxy may come from many addresses. */
export function createBrowser(headers: () => Record<string, string> = () => ({})): Browser {
  const jars = new Map<string, Map<string, string>>()

  const go = async (
    url: string,
    init: { method: string; body?: URLSearchParams; from?: string },
  ): Promise<Page> => {
    let next = url
    let request = init
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const { origin } = new URL(next)
      const answer = await fetch(next, {
        method: request.method,
        redirect: 'manual',
        headers: {
          ...headers(),
          cookie: cookiesFor(jars, origin),
          ...fetchMetadata(request.from, next),
          ...(request.from ? { origin: new URL(request.from).origin } : {}),
        },
        ...(request.body ? { body: request.body } : {}),
      })
      keepCookies(jars, origin, answer.headers.getSetCookie())
      const location = answer.headers.get('location')
      if (location === null || answer.status < 300 || answer.status >= 400)
        return { url: next, status: answer.status, text: await answer.text() }
      await answer.body?.cancel()
      next = new URL(location, next).href
      request = { method: 'GET' }
    }
    throw new Error(`Too many redirects from ${url}`)
  }
  return {
    cookies: (url) => cookiesFor(jars, new URL(url).origin),
    open: (url) => go(url, { method: 'GET' }),
    send: (page, form, change = {}) => {
      const fields = new URLSearchParams(form.fields)
      for (const [name, value] of Object.entries(change)) fields.set(name, value)
      const target = new URL(form.action, page.url)
      if (form.method === 'post') return go(target.href, { method: 'POST', body: fields, from: page.url })
      target.search = fields.toString()
      return go(target.href, { method: 'GET' })
    },
  }
}

/** What a browser says by itself of where a post comes from. */
function fetchMetadata(from: string | undefined, to: string): Record<string, string> {
  if (from === undefined) return {}
  return { 'sec-fetch-site': new URL(from).origin === new URL(to).origin ? 'same-origin' : 'cross-site' }
}

function cookiesFor(jars: Map<string, Map<string, string>>, origin: string): string {
  return [...(jars.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ')
}

function keepCookies(jars: Map<string, Map<string, string>>, origin: string, set: string[]): void {
  const jar = jars.get(origin) ?? new Map<string, string>()
  for (const line of set) {
    const [pair = ''] = line.split(';')
    const at = pair.indexOf('=')
    const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
    if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) jar.delete(name)
    else jar.set(name, value)
  }
  jars.set(origin, jar)
}

/** The forms of a page, in order. */
export function formsOf(page: Page): Form[] {
  return [...page.text.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)].map(([, head = '', inside = '']) => ({
    action: attribute(head, 'action') ?? page.url,
    method: attribute(head, 'method')?.toLowerCase() === 'post' ? 'post' : 'get',
    fields: [...inside.matchAll(/<input\b([^>]*)>/gi)].flatMap(([, field = '']) => fieldOf(field)),
  }))
}

function fieldOf(tag: string): [string, string][] {
  const name = attribute(tag, 'name')
  const type = attribute(tag, 'type')?.toLowerCase()
  if (name === undefined || /\sdisabled\b/.test(tag)) return []
  if ((type === 'checkbox' || type === 'radio') && !/\schecked\b/.test(tag)) return []
  return [[name, attribute(tag, 'value') ?? '']]
}

function attribute(tag: string, name: string): string | undefined {
  const match = new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(` ${tag}`)
  const value = match?.[1] ?? match?.[2] ?? match?.[3]
  return value?.replace(/&(amp|lt|gt|quot|#39|#34);/g, (entity) => ENTITIES[entity] ?? entity)
}

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#34;': '"',
  '&#39;': "'",
}
