/**
 * Returns the identity provider's page for people of whom it told us too little, or who did not sign in strongly
 * enough, by REFEDS' errorURL profile 1.0: placeholders in its address say which service, when, why, and what was
 * asked for. No personal data goes along. Null when there is none that is https.
 */
export function helpAddress(
  errorUrl: string | null,
  { entityId, now, mfaContexts }: { entityId: string; now: Date; mfaContexts?: string[] },
): string | null {
  if (!errorUrl || URL.parse(errorUrl)?.protocol !== 'https:') return null
  const values: Record<string, string> = {
    ERRORURL_CODE: mfaContexts ? 'AUTHENTICATION_FAILURE' : 'IDENTIFICATION_FAILURE',
    ERRORURL_TS: String(Math.floor(now.getTime() / 1000)),
    ERRORURL_RP: encodeURIComponent(entityId),
    ERRORURL_TID: '',
    ERRORURL_CTX: encodeURIComponent((mfaContexts ?? []).join(' ')),
  }
  return errorUrl.replace(/ERRORURL_(?:CODE|TS|RP|TID|CTX)/g, (name) => values[name] ?? '')
}
