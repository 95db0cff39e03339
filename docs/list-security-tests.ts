import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The table of docs/security.md: which requirement of OWASP's ASVS 5.0 is tried by which tests, read out of the tests'
 * own names. `node docs/list-security-tests.ts` writes it; a test writes it again and compares, so it cannot grow old.
 */

const tests = fileURLToPath(new URL('../test/', import.meta.url))
const page = fileURLToPath(new URL('./security.md', import.meta.url))

/** What each requirement is about, in our words. */
const about: Record<string, string> = {
  'V1.2.1': 'What is written into a page is text there',
  'V1.2.2': 'Addresses are built safely',
  'V1.2.4': 'SQL by parameters only',
  'V1.2.10': 'No formulas in exports',
  'V1.3.6': 'Nobody else chooses whom we call',
  'V1.3.7': 'Nobody else chooses a template',
  'V1.3.11': 'No headers of a mail are typed',
  'V1.5.1': 'XML without doctypes and entities',
  'V1.5.3': 'Two readers of one text agree',
  'V2.2.1': 'Input is held to what it can be',
  'V2.2.2': 'The server decides, not the form',
  'V2.3.1': 'Steps in their order',
  'V2.3.4': 'One thing is taken once',
  'V2.4.1': 'Machines are slowed down',
  'V3.2.1': 'Files are fetched, not shown as pages',
  'V3.3.1': 'Cookies: Secure',
  'V3.3.2': 'Cookies: SameSite by purpose',
  'V3.3.3': 'Cookies: __Host-',
  'V3.3.4': 'Cookies: HttpOnly',
  'V3.4.1': 'HTTPS for good (HSTS)',
  'V3.4.2': 'Other sites read nothing (CORS)',
  'V3.4.3': 'Content Security Policy',
  'V3.4.4': 'No guessing of content types',
  'V3.4.5': 'Addresses are not told to others',
  'V3.4.6': 'Framed by nobody',
  'V3.5.1': 'Only our own pages post to us',
  'V3.5.3': 'What changes something is no GET',
  'V3.7.2': 'Redirects only where we mean them to go',
  'V4.1.1': 'Each answer says what it is',
  'V4.1.3': "A proxy's headers cannot be played",
  'V4.1.4': 'Only the methods that are used',
  'V4.1.5': 'Messages prove their sender',
  'V4.2.1': 'One idea of where a request ends',
  'V5.2.1': 'Nothing is larger than we can bear',
  'V5.4.1': 'Names of files are ours',
  'V6.2.6': 'Passwords are not shown',
  'V6.2.7': 'Password managers may help',
  'V6.3.1': 'Guessing of passwords is slowed down',
  'V6.3.3': 'More than a password for staff',
  'V6.3.8': 'Nobody learns which cards exist',
  'V6.8.1': 'One university cannot speak for another',
  'V6.8.2': 'Assertions are signed, and it is checked',
  'V6.8.3': 'An assertion counts once',
  'V6.8.4': 'How and when it was proved, is checked',
  'V7.2.1': 'The server decides what a session is',
  'V7.2.3': 'Sessions cannot be guessed',
  'V7.2.4': 'A new session at sign-in',
  'V7.3.1': 'A session ends when nobody uses it',
  'V7.3.2': 'A session has an end',
  'V7.4.1': 'Signed out is signed out',
  'V7.4.2': 'Who may no more, may no more',
  'V7.4.4': 'The way out is on every page',
  'V7.4.5': 'Operators end sessions',
  'V7.5.2': 'People see and end their sessions',
  'V7.5.3': 'A fresh proof before sensitive acts',
  'V7.6.1': "The university's session and ours",
  'V7.6.2': 'Nobody is signed in without wanting it',
  'V8.2.1': 'Each route for those whom it is for',
  'V8.2.2': "Nobody sees other people's things",
  'V8.2.3': 'Each sees the fields that are for them',
  'V8.3.1': 'Rights are checked by the server',
  'V8.3.2': 'A right taken away is gone at once',
  'V9.1.2': 'Only algorithms on the list',
  'V9.1.3': 'Only keys that were pinned',
  'V9.2.1': 'Only while it is valid',
  'V9.2.3': 'Only what is meant for us',
  'V11.2.4': 'No secret leaks through time',
  'V11.3.2': 'Only approved ciphers',
  'V11.3.3': 'What is encrypted is signed too',
  'V11.4.1': 'Only approved hashes',
  'V12.3.2': 'Certificates are checked',
  'V13.4.1': 'No source control in reach',
  'V13.4.3': 'No lists of files',
  'V13.4.4': 'No TRACE',
  'V13.4.5': 'Figures are not for everybody',
  'V13.4.6': 'No versions are told',
  'V14.2.1': 'Nothing sensitive in an address',
  'V14.2.3': 'Nothing sensitive to others',
  'V14.2.6': 'No more is shown than is needed',
  'V14.2.7': 'What is old is forgotten',
  'V14.3.1': 'Browsers forget at sign-out',
  'V14.3.2': 'Browsers keep no page',
  'V14.3.3': 'Browsers store nothing else',
  'V15.1.2': 'It is known what is in it',
  'V15.2.4': 'Packages are what they were',
  'V15.2.2': 'Slow senders do not stop us',
  'V15.3.2': 'Redirects from others are not followed',
  'V15.3.3': 'No field is taken that was not asked for',
  'V15.3.4': "The visitor's address cannot be played",
  'V15.3.5': 'Types are what they seem',
  'V15.3.6': 'No prototype is polluted',
  'V15.3.7': 'One parameter, one value',
  'V15.4.2': 'Check and act at once',
  'V16.2.5': 'Nothing sensitive in the log',
  'V16.3.1': 'Sign-ins are told',
  'V16.3.2': 'Refused requests are told',
  'V16.4.1': 'No line of the log is forged',
  'V16.4.2': 'The trail cannot be changed',
  'V16.5.1': 'Errors tell nothing of the inside',
  'V16.5.2': "A neighbour's bad day is no danger",
  'V16.5.4': 'One last place for errors',
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
    .map(([number, files]) => [number, about[number] ?? '', [...files].sort().join(', ')])
  return aligned([['ASVS 5.0', 'what', 'tests, below test/'], ...rows])
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
