import type { Neighbourhood } from './neighbourhood.ts'

const PEOPLE: [string, string][] = [
  ['Elsa', 'student; a lost book, 886 kr, cannot borrow'],
  ['Ingrid', 'researcher; 30 kr'],
  ['Priya', 'exchange student, English; a fee that still grows'],
  ['Gun', '42 fees in five libraries'],
  ['Amir', 'owes nothing'],
  ['Frida', 'has no library account'],
]

/** What the demo prints when it is ready: one screen. */
export function welcome({ baseUrl, koha, cards, mailbox, panel }: Neighbourhood): string {
  const rows = (pairs: [string, string][]) => {
    const width = Math.max(...pairs.map(([name]) => name.length)) + 2
    return pairs.map(([name, what]) => `    ${name.padEnd(width)}${what}`).join('\n')
  }
  return `
  Kvitt is open at ${baseUrl}
  Everything runs on this machine; no money is real. Ctrl-C ends it and leaves nothing behind.

  Doors (sign in by clicking a name)
${rows([
  ['Borrower', `${baseUrl}/fees`],
  ['Desk', `${baseUrl}/desk   as Disk-Dana`],
  ['Economy', `${baseUrl}/economy   as Ekonomi-Eva`],
  ['Operations', `${baseUrl}/operations   as Drift-Didrik`],
])}

  Some people
${rows(PEOPLE)}

  The world outside
${rows([
  ['Control panel', `${panel.url}   break any of them, and mend it again`],
  ['Koha', `${koha.url}   see accounts change`],
  ['Card company', `${cards.url}   payments, webhooks, refunds, disputes`],
  ['Mailbox', `${mailbox.url}   receipts`],
])}

  Try first
    1  Open the borrower's door, sign in as Elsa, pay with 4242 4242 4242 4242.
    2  Look at the three proofs on her receipt, at the credit in Koha, at the mail.
    3  Make a batch as Ekonomi-Eva and download it as SIE.
    4  On the control panel, switch "Koha 500 after commit" on, let six people pay, and see each credited once.
`
}
