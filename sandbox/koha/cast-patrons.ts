import type { Restriction, SeedPatron } from './seed-types.ts'

type Person = Pick<SeedPatron, 'id' | 'firstname' | 'surname'> & Partial<SeedPatron> & { known: string }

/** What borrowers of the cast have in common. `known` is their name at the identity provider, before the @. */
function patron({ known, ...person }: Person): SeedPatron {
  return {
    userid: known,
    cardnumber: `2140${String(person.id).padStart(6, '0')}`,
    email: `${known}@demo.kvitt.example`,
    lang: 'sv-SE',
    libraryId: 'HUM',
    categoryId: 'STUD',
    expiresInDays: 400,
    password: 'demo',
    ...person,
  }
}

/** eduPersonPrincipalName, kept as an extended attribute for those whose library does it so. */
function eppn(known: string): { type: string; value: string } {
  return { type: 'EPPN', value: `${known}@demo.kvitt.example` }
}

const owesTooMuch: Restriction = {
  type: 'FEES',
  comment: 'Skuld över 70 kr',
  liftsWhenPaid: true,
}

/** The demo's borrowers (Frida has no account in Koha, and is not here). Numbers are stable: debts refer to them. */
export const patrons: SeedPatron[] = [
  patron({
    id: 101,
    known: 'elsa',
    firstname: 'Elsa',
    surname: 'Lindqvist',
    attributes: [eppn('elsa')],
    restrictions: [owesTooMuch],
  }),
  patron({ id: 102, known: 'amir', firstname: 'Amir', surname: 'Rahimi', libraryId: 'EKO' }),
  patron({
    id: 103,
    known: 'ingrid',
    firstname: 'Ingrid',
    surname: 'Sandahl',
    categoryId: 'STAFF',
    libraryId: 'BIO',
    attributes: [eppn('ingrid')],
  }),
  patron({
    id: 104,
    known: 'bengt',
    firstname: 'Bengt',
    surname: 'Hallström',
    categoryId: 'EXTERN',
    restrictions: [{ ...owesTooMuch, comment: 'Skuld, fem månader' }],
  }),
  patron({
    id: 105,
    known: 'priya',
    firstname: 'Priya',
    surname: 'Raman',
    lang: 'en',
    libraryId: 'EKO',
    categoryId: 'EXCH',
    attributes: [eppn('priya')],
  }),
  patron({ id: 106, known: 'asa', firstname: 'Åsa', surname: 'Žižković-Ångström', libraryId: 'KON' }),
  patron({ id: 107, known: 'lars', firstname: 'Lars', surname: 'Öberg', libraryId: 'PED' }),
  patron({
    id: 108,
    known: 'karin',
    firstname: 'Karin',
    surname: 'Wallin',
    restrictions: [
      { type: 'INKASSO', comment: 'Ärende hos inkasso (ORI)', liftsWhenPaid: false },
      owesTooMuch,
    ],
  }),
  // One person with two cards: neither userid is the name that the identity provider knows.
  patron({
    id: 110,
    known: 'omar',
    firstname: 'Omar',
    surname: 'Haddad',
    userid: 'omar.haddad',
    attributes: [eppn('omar')],
  }),
  patron({
    id: 111,
    known: 'omar',
    firstname: 'Omar',
    surname: 'Haddad',
    userid: 'omar.haddad.2',
    libraryId: 'EKO',
    attributes: [eppn('omar')],
  }),
  patron({
    id: 112,
    known: 'gun',
    firstname: 'Gun',
    surname: 'Bergqvist',
    categoryId: 'STAFF',
    restrictions: [owesTooMuch],
  }),
  patron({ id: 113, known: 'pelle', firstname: 'Pelle', surname: 'Nyström', libraryId: 'PED' }),
  patron({
    id: 114,
    known: 'siv',
    firstname: 'Siv',
    surname: 'Forsberg',
    restrictions: [
      { type: 'OR', comment: 'Ordningsregler, lagd av personal i lånedisken', liftsWhenPaid: false },
    ],
  }),
  patron({
    id: 115,
    known: 'nova',
    firstname: 'Nova',
    surname: 'Ek',
    email: null,
    libraryId: 'BIO',
    attributes: [{ type: 'SKYDD', value: '1' }],
  }),
  patron({ id: 116, known: 'tove', firstname: 'Tove', surname: "O'Brien <Tabell>", libraryId: 'KON' }),
  patron({
    id: 117,
    known: 'viggo',
    firstname: 'Viktoria',
    preferredName: 'Viggo',
    surname: 'Holm',
    libraryId: 'EKO',
    expiresInDays: -40,
  }),
  patron({ id: 120, known: 'dana', firstname: 'Dana', surname: 'Disk', categoryId: 'STAFF' }),
]
