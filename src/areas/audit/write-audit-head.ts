import type { Log } from '../../base/log.ts'
import type { AuditHead } from './audit-store.ts'

/**
 * Writes the newest number and hash of the trail to the log, which goes where the database's owner cannot reach it: whoever
 * holds the trail to such a line later sees whether its end was cut off (`kvitt audit verify --log`). Whatever
 * service.logLevel says: an anchor that is not written holds nothing.
 */
export function writeAuditHead(log: Log, { id, hash }: AuditHead): void {
  const heard = log.level === 'silent' ? log : log.child({}, { level: 'info' })
  heard.info({ event: 'audit-head.written', auditHead: `${id}:${hash}` }, 'audit head')
}
