const LONGEST = 1000

/** Pages of the sign-in itself: going back to them would go in circles. */
const notBackTo = /^\/(sign-in|sign-out|saml)(\/|$)/i

/**
 * Returns the page to go to after sign-in, from what somebody asked for: a path on this site, else `/`. Everything
 * that a browser could read as another site (`//evil`, `/\evil`, `javascript:`, a line break) becomes `/`.
 */
export function returnPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || wanted.length > LONGEST || !/^\/[\x21-\x5b\x5d-\x7e]*$/.test(wanted))
    return '/'
  const here = 'https://here.invalid'
  const address = URL.parse(wanted, here)
  if (address?.origin !== here || address.pathname.startsWith('//') || notBackTo.test(address.pathname))
    return '/'
  return `${address.pathname}${address.search}`
}
