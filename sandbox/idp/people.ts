/** Somebody who can be clicked on the sandbox's sign-in page. */
export interface IdpPerson {
  id: string
  /** What the list shows. */
  name: string
  /** Why this person is interesting, one line. */
  why: { sv: string; en: string }
  kind: 'borrower' | 'staff'
  /** What is released, by the attribute's name on the wire. */
  attributes: Record<string, string[]>
  /** Has a password and nothing more: is not signed in where a service asks for two steps. */
  oneStepOnly?: true
}

/** Names on the wire of the attributes that the sandbox releases. */
export const attributeNames = {
  eppn: 'urn:oid:1.3.6.1.4.1.5923.1.1.1.6',
  displayName: 'urn:oid:2.16.840.1.113730.3.1.241',
  mail: 'urn:oid:0.9.2342.19200300.100.1.3',
}

/** The university that everybody in the demo belongs to. */
export const demoScope = 'demo.kvitt.example'

function person(kind: IdpPerson['kind'], id: string, name: string, sv: string, en: string): IdpPerson {
  const address = `${id}@${demoScope}`
  return { id, name, kind, why: { sv, en }, attributes: released(address, name, address) }
}

/** What the identity provider says of somebody. An empty name or address is not released at all. */
export function released(eppn: string, displayName: string, mail: string): Record<string, string[]> {
  const { eppn: eppnName, displayName: nameName, mail: mailName } = attributeNames
  const all = { [eppnName]: [eppn], [nameName]: [displayName], [mailName]: [mail] }
  return Object.fromEntries(Object.entries(all).filter(([, values]) => values[0] !== ''))
}

/** The demo's cast. Their debts are in the sandbox's Koha, under the same user ids. */
export const demoPeople: IdpPerson[] = [
  person(
    'borrower',
    'elsa',
    'Elsa Lindqvist',
    'Student. En förlorad bok och en försening; spärrad.',
    'Student. A lost book and a late one; restricted.',
  ),
  person('borrower', 'amir', 'Amir Rahimi', 'Student utan avgifter.', 'Student who owes nothing.'),
  person(
    'borrower',
    'ingrid',
    'Ingrid Sandahl',
    'Forskare med 30 kr, inte spärrad.',
    'Researcher with SEK 30, not restricted.',
  ),
  person(
    'borrower',
    'bengt',
    'Bengt Hallström',
    'Extern låntagare: 1 860 kr sedan fem månader.',
    'External borrower: SEK 1,860, five months old.',
  ),
  person(
    'borrower',
    'priya',
    'Priya Raman',
    'Utbytesstudent; avgiften växer med 10 kr om dagen.',
    'Exchange student; the fee grows by SEK 10 a day.',
  ),
  person(
    'borrower',
    'asa',
    'Åsa Žižković-Ångström',
    'Bokstäver som går sönder, och långa titlar.',
    'Letters that break, and long titles.',
  ),
  person(
    'borrower',
    'lars',
    'Lars Öberg',
    'Har återlämnat boken efter att ha betalat.',
    'Returned the book after paying for it.',
  ),
  person(
    'borrower',
    'karin',
    'Karin Wallin',
    'Inkasso: kan inte betalas här.',
    'Debt collection: cannot be paid here.',
  ),
  person(
    'borrower',
    'omar',
    'Omar Haddad',
    'Två lånekort: vilket är hans?',
    'Two library cards: which one is his?',
  ),
  person('borrower', 'frida', 'Frida Ek', 'Finns inte i bibliotekets register.', 'Has no library account.'),
  person('borrower', 'gun', 'Gun Bergqvist', '42 avgifter på fem bibliotek.', '42 fees at five libraries.'),
  person(
    'borrower',
    'pelle',
    'Pelle Nyström',
    '5 kr: under minsta beloppet.',
    'SEK 5: below the smallest sum.',
  ),
  person(
    'borrower',
    'siv',
    'Siv Forsberg',
    'Har betalat men är fortfarande spärrad.',
    'Has paid and is still restricted.',
  ),
  person(
    'borrower',
    'tove',
    "Tove O'Brien <Tabell>",
    'Titlar som vill vara program.',
    'Titles that would like to be programs.',
  ),
  person('borrower', 'viggo', 'Viggo Holm', 'Lånekontot har gått ut.', 'The library account has expired.'),
  {
    id: 'nova',
    name: 'Skyddade personuppgifter',
    kind: 'borrower',
    why: { sv: 'Varken namn eller e-post lämnas ut.', en: 'Neither name nor e-mail address is released.' },
    attributes: released(`nova@${demoScope}`, '', ''),
  },
  person('staff', 'dana', 'Disk-Dana', 'Arbetar i lånedisken.', 'Works at the circulation desk.'),
  person(
    'staff',
    'eva',
    'Ekonomi-Eva',
    'Gör exporter till ekonomisystemet.',
    'Makes exports for the economy system.',
  ),
  person(
    'staff',
    'erik',
    'Ekonomi-Erik',
    'Godkänner återbetalningar som Eva föreslår.',
    'Approves refunds that Eva proposes.',
  ),
  person('staff', 'didrik', 'Drift-Didrik', 'Sköter driften.', 'Runs the service.'),
  {
    ...person(
      'staff',
      'mats',
      'Drift-Mats',
      'Sköter driften, men har inget andra steg att logga in med.',
      'Runs the service, but has no second step to sign in with.',
    ),
    oneStepOnly: true,
  },
  person('staff', 'rut', 'Revisor-Rut', 'Läser allt, ändrar inget.', 'Reads all, changes nothing.'),
]
