/**
 * The identity provider's page for people of whom it told us too little, by REFEDS' errorURL profile 1.0: placeholders in
 * its address say which service, when, and why. No personal data goes along. Null when there is none that is https.
 */
export function helpAddress(
  errorUrl: string | null,
  { entityId, now }: { entityId: string; now: Date },
): string | null {
  if (!errorUrl || URL.parse(errorUrl)?.protocol !== 'https:') return null
  const values: Record<string, string> = {
    ERRORURL_CODE: 'IDENTIFICATION_FAILURE',
    ERRORURL_TS: String(Math.floor(now.getTime() / 1000)),
    ERRORURL_RP: encodeURIComponent(entityId),
    ERRORURL_TID: '',
    ERRORURL_CTX: '',
  }
  return errorUrl.replace(/ERRORURL_(?:CODE|TS|RP|TID|CTX)/g, (name) => values[name] ?? '')
}
