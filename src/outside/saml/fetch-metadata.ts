import axios, { isAxiosError } from 'axios'
import type { Answer } from '../../base/answer.ts'
import { LARGEST_METADATA } from './verify-metadata.ts'

const PATIENCE = 8000

/**
 * Asks the federation for one entity (MDQ: `{base}/entities/{entityID}`). Goes to the one address of the settings, follows
 * no redirect, and reads no more than one entity can be.
 */
export async function fetchMetadata(mdqUrl: string, entityId: string): Promise<Answer<string>> {
  const address = `${mdqUrl.replace(/\/+$/, '')}/entities/${encodeURIComponent(entityId)}`
  try {
    const { status, data } = await axios.get<string>(address, {
      headers: { Accept: 'application/samlmetadata+xml' },
      timeout: PATIENCE,
      signal: AbortSignal.timeout(PATIENCE),
      maxRedirects: 0,
      maxContentLength: LARGEST_METADATA,
      validateStatus: () => true,
      proxy: false,
      responseType: 'text',
      transformResponse: [(text: unknown) => text],
    })
    if (status === 200) return { ok: true, value: data }
    const kind = status === 404 ? 'refused' : 'broken'
    return { ok: false, trouble: { kind, message: `${address} answers ${status}` } }
  } catch (error) {
    if (!isAxiosError(error)) throw error
    const late = error.code === 'ECONNABORTED' || error.code === 'ERR_CANCELED'
    if (error.code === 'ERR_BAD_RESPONSE')
      return {
        ok: false,
        trouble: { kind: 'nonsense', message: `${address} answers more than one entity can be` },
      }
    const message = `${address} ${late ? 'gives no answer in time' : `cannot be reached (${error.code ?? 'no reason given'})`}`
    return { ok: false, trouble: { kind: late ? 'timeout' : 'unreachable', message } }
  }
}
