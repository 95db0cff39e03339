/**
 * Returns whether a text can be somebody's mail address: one, without a name, without anything that a mail program
 * would take apart. What no mail server can deliver to is not tried.
 */
export function isMailAddress(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(text) &&
    !/\.\.|^\.|\.@|@-|-\.|\.-/.test(text)
  )
}
