import { walk, type XmlElement } from './xml-element.ts'

/**
 * The algorithms that a response may name, by the element that names them. The library accepts SHA-1 signatures and
 * 3DES (node-saml issue 422, xml-crypto issue 519), so what is not listed is refused before it reads anything.
 * CBC is there because SimpleSAMLphp 1.19 knows nothing else; it is safe behind a signed response, which is checked
 * before decryption.
 */
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256'
const sha512 = 'http://www.w3.org/2001/04/xmlenc#sha512'
const sha1 = 'http://www.w3.org/2000/09/xmldsig#sha1'

const allowed: Record<string, string[]> = {
  CanonicalizationMethod: [exclusive],
  SignatureMethod: [
    'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
    'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1',
  ],
  'Reference/DigestMethod': [sha256, sha512],
  Transform: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', exclusive],
  EncryptionMethod: [
    'http://www.w3.org/2009/xmlenc11#aes256-gcm',
    'http://www.w3.org/2009/xmlenc11#aes128-gcm',
    'http://www.w3.org/2001/04/xmlenc#aes256-cbc',
    'http://www.w3.org/2001/04/xmlenc#aes128-cbc',
    'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
    'http://www.w3.org/2009/xmlenc11#rsa-oaep',
  ],
  // Inside OAEP, SHA-1 is only a mask and has no known weakness; it is the standard's default.
  'EncryptionMethod/DigestMethod': [sha1, sha256, sha512],
  'EncryptionMethod/MGF': [
    'http://www.w3.org/2009/xmlenc11#mgf1sha1',
    'http://www.w3.org/2009/xmlenc11#mgf1sha256',
  ],
}

/** Returns true when every algorithm that the document names is one we allow in that place. */
export function hasOnlyAllowedAlgorithms(root: XmlElement): boolean {
  for (const { path, element } of walk(root)) {
    const algorithm = element.attributes.Algorithm
    if (algorithm === undefined) continue
    const [parent = '', name = ''] = path.split('/').slice(-2)
    const list = allowed[`${parent}/${name}`] ?? allowed[element.name] ?? []
    if (!list.includes(algorithm)) return false
  }
  return true
}
