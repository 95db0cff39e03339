import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The table of docs/security.md: which requirement of OWASP's ASVS 5.0 is tried by which tests, read out of the tests'
 * own names. `node docs/list-security-tests.ts` writes it; a test writes it again and compares, so it cannot grow old.
 */

const tests = fileURLToPath(new URL('../test/', import.meta.url))
const page = fileURLToPath(new URL('./security.md', import.meta.url))

/** Each requirement's level, and what it asks for in our words (the English text of 5.0.0 was read for every line). */
const about: Record<string, [level: 1 | 2 | 3, what: string]> = {
  'V1.2.1': [1, 'What is written into a page is text there'],
  'V1.2.2': [1, 'What goes into an address is encoded, and leads only where it should'],
  'V1.2.4': [1, 'SQL by parameters only'],
  'V1.2.5': [1, 'Nothing typed reaches a shell'],
  'V1.2.7': [2, 'No question of somebody else in XPath'],
  'V1.2.10': [3, 'No formulas in exports'],
  'V1.3.2': [1, 'No text is run as a program'],
  'V1.3.6': [2, 'Nobody else chooses whom we call'],
  'V1.3.7': [2, 'Nobody else writes a template'],
  'V1.3.11': [2, 'No headers of a mail are typed'],
  'V1.5.1': [1, 'XML without doctypes and entities'],
  'V1.5.3': [3, 'Two readers of one text agree'],
  'V2.2.1': [1, 'Input is held to what it can be'],
  'V2.2.2': [1, 'The server decides, not the form'],
  'V2.2.3': [2, 'What is sent together fits together'],
  'V2.3.1': [1, 'Steps in their order, none left out'],
  'V2.3.2': [2, 'Limits of the trade hold'],
  'V2.3.3': [2, 'The whole of an act, or nothing'],
  'V2.3.4': [2, 'One thing is taken once'],
  'V2.4.1': [2, 'Machines are slowed down'],
  'V3.2.1': [1, 'Files are fetched, not shown as pages'],
  'V3.2.2': [1, 'Text stays text in the browser'],
  'V3.3.1': [1, 'Cookies: Secure, and named so'],
  'V3.3.2': [2, 'Cookies: SameSite by purpose'],
  'V3.3.3': [2, 'Cookies: __Host-'],
  'V3.3.4': [2, 'Cookies: HttpOnly'],
  'V3.4.1': [1, 'HTTPS for good (HSTS)'],
  'V3.4.2': [1, 'Other sites read nothing (CORS)'],
  'V3.4.3': [2, 'Content Security Policy'],
  'V3.4.4': [2, 'No guessing of content types'],
  'V3.4.5': [2, 'Addresses are not told to others'],
  'V3.4.6': [2, 'Framed by nobody'],
  'V3.5.1': [1, 'Only our own pages post to us'],
  'V3.5.3': [1, 'What changes something is no GET'],
  'V3.5.5': [2, 'No messages of other windows are heard'],
  'V3.7.2': [2, 'Redirects to other hosts by a list'],
  'V4.1.1': [1, 'Each answer says its type and charset'],
  'V4.1.3': [2, "A proxy's headers cannot be played"],
  'V4.1.4': [3, 'Only the methods that are used'],
  'V4.1.5': [3, 'What matters is signed message by message'],
  'V4.2.1': [2, 'One idea of where a request ends'],
  'V5.2.1': [1, 'Nothing larger than we can bear is read'],
  'V5.4.1': [2, 'Files for download are named by us'],
  'V5.4.2': [2, 'Their names are clean'],
  'V6.2.6': [1, 'Passwords are not shown'],
  'V6.2.7': [1, 'Pasting and password managers work'],
  'V6.3.1': [1, 'Guessing of passwords is slowed down'],
  'V6.3.3': [2, 'More than one factor'],
  'V6.3.8': [3, 'Nobody learns which cards exist'],
  'V6.8.1': [2, 'One university cannot speak for another'],
  'V6.8.2': [2, 'Assertions are signed, and it is checked'],
  'V6.8.3': [2, 'An assertion counts once'],
  'V6.8.4': [2, 'How and when it was proved, is checked'],
  'V7.2.1': [1, 'The server decides what a session is'],
  'V7.2.2': [1, 'Each session has a name made for it'],
  'V7.2.3': [1, 'Sessions cannot be guessed'],
  'V7.2.4': [1, 'A new session at sign-in'],
  'V7.3.1': [2, 'A session ends when nobody uses it'],
  'V7.3.2': [2, 'A session has an end'],
  'V7.4.1': [1, 'Signed out is signed out'],
  'V7.4.4': [2, 'The way out is on every page'],
  'V7.4.5': [2, 'Operators end sessions'],
  'V7.5.2': [2, 'People see and end their sessions'],
  'V7.5.3': [3, 'A fresh proof before sensitive acts'],
  'V7.6.1': [2, "The university's session and ours"],
  'V7.6.2': [2, 'Nobody is signed in without wanting it'],
  'V8.2.1': [1, 'Each route for those whom it is for'],
  'V8.2.2': [1, "Nobody sees other people's things"],
  'V8.2.3': [2, 'Each sees the fields that are for them'],
  'V8.3.1': [1, 'Rights are checked by the server'],
  'V8.3.2': [3, 'A right taken away is gone at once'],
  'V9.1.1': [1, 'Tokens are proved before they are believed'],
  'V9.1.2': [1, 'Only algorithms on the list'],
  'V9.1.3': [1, 'Only keys that were known beforehand'],
  'V9.2.1': [1, 'Only while it is valid'],
  'V9.2.2': [2, 'Only tokens of the right kind'],
  'V9.2.3': [2, 'Only what is meant for us'],
  'V9.2.4': [2, 'Only tokens that say whom they are for'],
  'V11.2.4': [3, 'No secret leaks through time'],
  'V11.3.1': [1, 'No padding that gives keys away'],
  'V11.3.2': [1, 'Only ciphers on the list'],
  'V11.3.3': [2, 'What is encrypted cannot be changed'],
  'V11.4.1': [1, 'Only hashes on the list'],
  'V11.4.3': [2, 'Hashes of signatures are long enough'],
  'V11.5.1': [2, 'What nobody may guess is random and long'],
  'V12.3.2': [2, 'Certificates are checked'],
  'V13.4.1': [1, 'No source control in reach'],
  'V13.4.3': [2, 'No lists of files'],
  'V13.4.4': [2, 'No TRACE'],
  'V13.4.5': [2, 'Figures are not for everybody'],
  'V13.4.6': [3, 'No versions are told'],
  'V14.2.1': [1, 'Nothing sensitive in an address'],
  'V14.2.2': [2, 'No cache on the way keeps anything'],
  'V14.2.3': [2, 'Nothing sensitive to others'],
  'V14.2.4': [2, 'Data is kept as its page says'],
  'V14.2.6': [3, 'No more is shown than is needed'],
  'V14.2.7': [3, 'What is old is forgotten'],
  'V14.3.1': [1, 'Browsers forget at sign-out'],
  'V14.3.2': [2, 'Browsers keep no page'],
  'V14.3.3': [2, 'Browsers store nothing else'],
  'V15.1.2': [2, 'It is known what is in it'],
  'V15.2.2': [2, 'What costs time cannot be overused'],
  'V15.2.4': [3, 'Packages are what they were'],
  'V15.3.1': [1, 'Of each thing only the fields that are needed'],
  'V15.3.2': [2, 'Redirects from others are not followed'],
  'V15.3.3': [2, 'No field is taken that was not asked for'],
  'V15.3.4': [2, "The visitor's address cannot be played"],
  'V15.3.5': [2, 'Types are what they seem'],
  'V15.3.6': [2, 'No prototype is polluted'],
  'V15.3.7': [2, 'One parameter, one value'],
  'V15.4.2': [3, 'Check and act at once'],
  'V16.2.5': [2, 'Nothing sensitive in the log'],
  'V16.3.1': [2, 'Sign-ins are told, made and refused'],
  'V16.3.2': [2, 'Refused requests are told'],
  'V16.3.3': [2, 'Tries to get around the rules are told'],
  'V16.4.1': [2, 'No line of the log is forged'],
  'V16.4.2': [2, 'The trail cannot be changed'],
  'V16.5.1': [2, 'Errors tell nothing of the inside'],
  'V16.5.2': [2, "A neighbour's bad day is no danger"],
  'V16.5.3': [2, 'What cannot be decided goes no further'],
  'V16.5.4': [3, 'One last place for errors'],
}

/** The table, in Markdown. Throws when a test names a requirement that is not explained here. */
export function securityTable(): string {
  const found = new Map<string, Set<string>>()
  for (const entry of readdirSync(tests, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.test.ts')) continue
    const file = join(entry.parentPath, entry.name)
    for (const [, numbers = ''] of readFileSync(file, 'utf8').matchAll(/[(]ASVS ((?:V[\d.]+(?:, )?)+)[)]/g))
      for (const number of numbers.split(', '))
        found.set(number, (found.get(number) ?? new Set()).add(file.slice(tests.length)))
  }
  const unexplained = [...found.keys()].filter((number) => about[number] === undefined)
  if (unexplained.length > 0) throw new Error(`Not explained in docs/list-security-tests.ts: ${unexplained}`)
  const rows = [...found]
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(([number, files]) => {
      const [level = '', what = ''] = about[number] ?? []
      return [number, String(level), what, [...files].sort().join(', ')]
    })
  return aligned([['ASVS 5.0', 'level', 'what', 'tests, below test/'], ...rows])
}

/** As the formatter would have it: columns as wide as their widest cell. */
function aligned(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_head, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  const [head = '', ...body] = rows.map((row) =>
    line(row.map((cell, column) => cell.padEnd(widths[column] ?? 0))),
  )
  return [head, line(widths.map((width) => '-'.repeat(width))), ...body].join('\n')
}

/** The page with the table in its place. */
export function withTable(text: string): string {
  return text.replace(
    /(<!-- written by [^>]*-->\n)[\s\S]*?(<!-- end -->)/,
    (_whole, start, end) => `${start}\n${securityTable()}\n\n${end}`,
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(page, withTable(readFileSync(page, 'utf8')))
