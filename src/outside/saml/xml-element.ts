/** One element of an XML document: its name without prefix, its namespace, attributes by name as written, children and direct text. */
export interface XmlElement {
  name: string
  /** Empty when it has none. */
  namespace: string
  attributes: Record<string, string>
  children: XmlElement[]
  text: string
}

const LARGEST_DEPTH = 40
const MOST_ELEMENTS = 5000

const tag = /<(\/?)((?:[\w.-]+:)?[\w.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y
const attribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const declaration =
  /^\uFEFF?<\?xml version=(["'])1\.0\1(?: encoding=(["'])utf-8\2)?(?: standalone=(["'])(?:yes|no)\3)?\s*\?>/i

/**
 * Reads the plain dialect of XML that SAML needs, and nothing else: no doctype, no comment, no CDATA, no processing
 * instruction, no entity but the five of XML and character numbers. Undefined for everything else.
 *
 * It is a second reader beside the library's, on purpose: most holes of the last years were two readers of one text that
 * disagreed (CVE-2025-29775, CVE-2025-47949), and all of them needed something that this one refuses.
 */
export function readXml(text: string): XmlElement | undefined {
  const body = text.replace(declaration, '').trim()
  // With these gone, every "<" starts a tag.
  if (/<[!?]/.test(body)) return undefined

  const top: XmlElement = { name: '', namespace: '', attributes: {}, children: [], text: '' }
  const open: Open[] = [{ element: top, tagName: '', namespaces: {} }]
  let count = 0

  for (let at = 0; at < body.length; ) {
    const here = open.at(-1)
    if (!here) return undefined
    if (body[at] !== '<') {
      const end = body.indexOf('<', at)
      const raw = decode(body.slice(at, end < 0 ? body.length : end))
      if (raw === undefined) return undefined
      here.element.text += raw
      at = end < 0 ? body.length : end
      continue
    }
    tag.lastIndex = at
    const match = tag.exec(body)
    if (!match) return undefined
    const [whole, closing, tagName = '', attributeText = '', empty] = match
    at += whole.length
    if (closing) {
      if (here.tagName !== tagName || open.length === 1) return undefined
      open.pop()
      continue
    }
    count += 1
    const attributes = readAttributes(attributeText)
    if (!attributes || count > MOST_ELEMENTS || open.length > LARGEST_DEPTH) return undefined
    const namespaces = namespacesIn(attributes, here.namespaces)
    const namespace = namespaces[prefixOf(tagName)] ?? ''
    const name = tagName.slice(tagName.indexOf(':') + 1)
    const element = { name, namespace, attributes, children: [], text: '' }
    here.element.children.push(element)
    if (!empty) open.push({ element, tagName, namespaces })
  }

  const [root, ...others] = top.children
  return open.length === 1 && others.length === 0 && top.text.trim() === '' ? root : undefined
}

interface Open {
  element: XmlElement
  tagName: string
  /** Namespaces by prefix, as far as they are declared up to here. */
  namespaces: Record<string, string>
}

function prefixOf(tagName: string): string {
  return tagName.includes(':') ? tagName.slice(0, tagName.indexOf(':')) : ''
}

function namespacesIn(
  attributes: Record<string, string>,
  above: Record<string, string>,
): Record<string, string> {
  const declared = Object.entries(attributes).filter(([name]) => /^xmlns(:|$)/.test(name))
  if (declared.length === 0) return above
  return {
    ...above,
    ...Object.fromEntries(declared.map(([name, value]) => [name.slice('xmlns:'.length), value])),
  }
}

/**
 * Returns all elements of the tree, the given one first, each with the names from the root down to it:
 * `Response/Status`.
 */
export function* walk(element: XmlElement, above = ''): Generator<{ path: string; element: XmlElement }> {
  const path = above ? `${above}/${element.name}` : element.name
  yield { path, element }
  for (const child of element.children) yield* walk(child, path)
}

/** Returns the descendants that a path of names leads to: `all(assertion, 'Subject', 'NameID')`. */
export function all(element: XmlElement, ...path: string[]): XmlElement[] {
  return path.reduce<XmlElement[]>(
    (found, name) => found.flatMap((each) => each.children.filter((child) => child.name === name)),
    [element],
  )
}

/** Returns the one descendant that a path leads to; undefined when there is none or more than one. */
export function only(element: XmlElement, ...path: string[]): XmlElement | undefined {
  const found = all(element, ...path)
  return found.length === 1 ? found[0] : undefined
}

function readAttributes(text: string): Record<string, string> | undefined {
  const attributes: Record<string, string> = Object.create(null)
  for (const [, name = '', double, single] of text.matchAll(attribute)) {
    const value = decode(double ?? single ?? '')
    if (value === undefined || name in attributes) return undefined
    attributes[name] = value
  }
  return attributes
}

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const entity = /&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g

function decode(raw: string): string | undefined {
  if (raw.replace(entity, '').includes('&')) return undefined
  const text = raw.replace(entity, (_, name, decimal, hexadecimal) => {
    if (name) return named[name] ?? '\0'
    const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\0'
  })
  return text.includes('\0') ? undefined : text
}
