import type { CheckoutOutcome } from '../ports/provider.ts'

/**
 * Returns the created checkout, if its page lies where the settings say that our borrowers may be sent. Anything else
 * is not shown: the CSP's form-action would stop the browser, and a foreign address is not to be trusted.
 */
export function checkoutAt(
  title: string,
  { checkoutId, url, origins }: { checkoutId: string; url: string; origins: string[] },
): CheckoutOutcome {
  const origin = URL.canParse(url) ? new URL(url).origin : 'no address'
  if (origins.includes(origin)) return { kind: 'created', checkoutId, url }
  return {
    kind: 'unknown',
    trouble: {
      kind: 'nonsense',
      message: `${title} wants to be paid at ${origin}, which is not among its checkoutOrigins`,
    },
  }
}
