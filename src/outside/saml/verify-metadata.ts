import { SignedXml } from 'xml-crypto'
import { hasOnlyAllowedAlgorithms } from './algorithms.ts'
import { readXml } from './xml-element.ts'

/** One entity is some 10 to 100 KB with its logos. A whole federation's 33 MB took 13 s of blocked process to verify. */
export const LARGEST_METADATA = 1024 * 1024

const signature =
  /<((?:[\w.-]+:)?)Signature[\s>](?:(?!<(?:[\w.-]+:)?Signature[\s>])[\s\S])*?<\/\1Signature\s*>/

/**
 * Returns what the signer has signed in this document: its canonical bytes, and nothing beside them. Undefined when
 * the signature is missing, uses what we do not allow, or is not the signer's. `signer` is a PEM certificate, pinned
 * in the settings: what stands in the document about keys is not looked at.
 */
export function verifiedMetadata(xml: string, signer: string): string | undefined {
  if (xml.length > LARGEST_METADATA || /<!(?:DOCTYPE|ENTITY)/i.test(xml)) return undefined
  const found = signature.exec(xml)?.[0]
  const shape = found === undefined ? undefined : readXml(withNamespace(found, xml))
  if (!found || !shape || !hasOnlyAllowedAlgorithms(shape)) return undefined
  try {
    const checker = new SignedXml({ publicCert: signer })
    checker.loadSignature(withNamespace(found, xml))
    if (!checker.checkSignature(xml)) return undefined
    const [signed, ...more] = checker.getSignedReferences()
    return more.length === 0 ? signed : undefined
  } catch {
    return undefined
  }
}

/** A signature cut out of its document needs the declaration of its prefix, where that stood further up. */
function withNamespace(found: string, xml: string): string {
  const prefix = /^<(?:([\w.-]+):)?Signature/.exec(found)?.[1]
  const name = prefix ? `xmlns:${prefix}` : 'xmlns'
  const declaration = `${name}="http://www.w3.org/2000/09/xmldsig#"`
  const opening = found.slice(0, found.indexOf('>'))
  if (opening.includes(`${name}=`) || !xml.includes(declaration)) return found
  return found.replace(/^<[\w.:-]+/, `$& ${declaration}`)
}
