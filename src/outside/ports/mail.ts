import type { Answer, Reachable } from '../../base/answer.ts'

export interface Letter {
  to: string
  subject: string
  text: string
  html: string
  /** Stable per notice: a repeated send carries the same Message-ID. */
  messageId: string
  attachments: { filename: string; contentType: string; content: Buffer }[]
}

export interface Mailer extends Reachable {
  send(letter: Letter): Promise<Answer<{ acceptedAs: string }>>
}
