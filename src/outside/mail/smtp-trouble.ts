import type { Trouble } from '../../base/answer.ts'

interface SmtpError {
  code?: string
  command?: string
  responseCode?: number
}

/**
 * Returns what a failed send means. `refused`: the server will not take mail for this address, now or later (a 5xx
 * answer to RCPT TO, RFC 5321 4.2.1). All else may go better another time. The server's own words are left out: they
 * name the address.
 */
export function smtpTrouble(error: unknown): Trouble {
  const { code, command, responseCode } = (error ?? {}) as SmtpError
  const answer = responseCode === undefined ? '' : ` (${responseCode})`
  if (code === 'EENVELOPE' && isRecipient(command) && (responseCode === undefined || responseCode >= 500)) {
    return { kind: 'refused', message: `the mail server does not take this address${answer}` }
  }
  switch (code) {
    case 'ETIMEDOUT':
      return { kind: 'timeout', message: 'the mail server did not answer in time' }
    case 'ECONNECTION':
    case 'ESOCKET':
    case 'EDNS':
      return { kind: 'unreachable', message: 'the mail server cannot be reached' }
    case 'EAUTH':
    case 'ENOAUTH':
      return { kind: 'forbidden', message: `the mail server refuses our user or password${answer}` }
    case 'ETLS':
      return { kind: 'broken', message: 'no secure connection to the mail server (TLS)' }
    default:
      return { kind: 'broken', message: `the mail server did not take the letter${answer}` }
  }
}

/** Nodemailer names no command when it refuses an address by itself. */
function isRecipient(command: string | undefined): boolean {
  return command === undefined || command === 'API' || command.startsWith('RCPT TO')
}
