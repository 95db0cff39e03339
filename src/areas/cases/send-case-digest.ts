import type { CaseKinds } from '../../area.ts'
import { localDay } from '../../base/calendar.ts'
import { languages } from '../../base/language.ts'
import type { Role } from '../../base/role.ts'
import { templates } from '../../base/templates.ts'
import type { Letter } from '../../outside/ports/mail.ts'
import type { Uses } from '../../work/context.ts'
import { beginDigest, recordDigestSent } from './digest-store.ts'
import { digestWords } from './digest-words.ts'
import { countOpenCases } from './store.ts'

type DigestUses = Uses<'db' | 'mailer' | 'clock' | 'config' | 'log'>

/** So many open cases of one kind. */
interface Waiting {
  kind: string
  cases: number
}

/**
 * Sends the mail that tells a role of the cases that it must act on, to the addresses in the settings: at most one a day
 * to each, none when nothing waits. That it is about to go is committed before it does: one that is lost on the way is
 * not sent again, tomorrow's says the same.
 */
export async function sendCaseDigest(uses: DigestUses, kinds: CaseKinds): Promise<void> {
  const { db, config, clock } = uses
  const open = await countOpenCases(db)
  const day = localDay(clock.now())
  for (const [role, addresses] of Object.entries(config.cases.notify)) {
    const waiting = open.filter(({ kind }) => kinds.get(kind)?.roles.includes(role as Role))
    if (waiting.length === 0) continue
    for (const [at, address] of addresses.entries()) {
      const letter = compose(uses, kinds, waiting, role as Role)
      await send(uses, { ...letter, to: address, messageId: `cases-${role}-${day}-${at + 1}` }, role, day)
    }
  }
}

async function send(
  { db, mailer, clock, log }: DigestUses,
  letter: Letter,
  role: string,
  day: string,
): Promise<void> {
  const one = { role, address: letter.to, day }
  if (!(await db.transaction((tx) => beginDigest(tx, { ...one, at: clock.now() })))) return
  const answer = await mailer.send(letter)
  if (!answer.ok) {
    log.error(
      { event: 'case-digest.lost', role, trouble: answer.trouble },
      'the mail of open cases was not sent',
    )
    return
  }
  await db.transaction((tx) => recordDigestSent(tx, { ...one, at: clock.now() }))
  log.info({ event: 'case-digest.sent', role }, 'the mail of open cases was sent')
}

function compose(
  { config }: DigestUses,
  kinds: CaseKinds,
  waiting: Waiting[],
  role: Role,
): Omit<Letter, 'to' | 'messageId'> {
  const [language] = languages
  const words = digestWords[language]
  const { baseUrl } = config.service
  const { name, email, phone } = config.library
  const count = waiting.reduce((total, { cases }) => total + cases, 0)
  const office = role === 'economy' || role === 'approver'
  const page = {
    language,
    title: words.title,
    kind: words.title,
    sum: String(count),
    said: [words.said],
    facts: waiting.map(({ kind, cases }) => [
      (kinds.get(kind)?.texts[language].title ?? kind).replace(/[.]$/, ''),
      String(cases),
    ]),
    link: words.link,
    address: `${baseUrl}${office ? '/economy/parked' : '/operations'}`,
    questions: words.questions,
    contact: [email, phone].filter((way) => way !== undefined).join(', '),
  }
  const subject = words.subject({ count, library: name[language] })
  return { subject, ...templates.renderLetter('cases/letters/digest', page), attachments: [] }
}
