/** A borrower at the sandbox's payment page, without a browser. */

export interface Visit {
  status: number
  /** Where the browser is sent, or null when it stays. */
  goesTo: string | null
  page: string
}

/** Fills in the form and presses a button. The default card is approved. */
export async function atTheCardPage(
  sandboxUrl: string,
  checkoutId: string,
  fields: Record<string, string> = {},
): Promise<Visit> {
  const form = { do: 'pay', number: '4242 4242 4242 4242', expiry: '12/39', cvc: '123', ...fields }
  const response = await fetch(`${sandboxUrl}/checkout/${checkoutId}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'manual',
  })
  return {
    status: response.status,
    goesTo: response.headers.get('location'),
    page: await response.text(),
  }
}
