import type { Answer } from '../../base/answer.ts'
import type { Http } from '../http.ts'
import { LARGEST_METADATA } from './verify-metadata.ts'

const SECONDS = 8

/**
 * Asks the federation for one entity (MDQ: `{base}/entities/{entityID}`) and returns its XML. Goes to the one address of
 * the settings, follows no redirect, and reads no more than one entity can be.
 */
export async function fetchMetadata(http: Http, mdqUrl: string, entityId: string): Promise<Answer<string>> {
  const url = `${mdqUrl.replace(/\/+$/, '')}/entities/${encodeURIComponent(entityId)}`
  const outcome = await http.send({
    method: 'GET',
    url,
    headers: { accept: 'application/samlmetadata+xml' },
    to: url,
    seconds: SECONDS,
    mostBytes: LARGEST_METADATA,
    connection: 'fresh',
  })
  if (outcome.kind !== 'answered') return { ok: false, trouble: outcome.trouble }
  if (outcome.status === 200) return { ok: true, value: outcome.text }
  const kind = outcome.status === 404 ? 'refused' : 'broken'
  return { ok: false, trouble: { kind, message: `${url} answers ${outcome.status}` } }
}
