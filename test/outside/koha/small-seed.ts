import type { Seed } from '../../../sandbox/koha/seed-types.ts'

const patron = {
  lang: 'sv-SE',
  libraryId: 'HUM',
  categoryId: 'STUD',
  expiresInDays: 300,
  cardnumber: null,
  email: null,
}

/** Few people, each with a reason. Elsa owes 526 + 200 + 160. */
export const smallSeed: Seed = {
  libraries: [
    { id: 'HUM', name: 'Humanistiska biblioteket' },
    { id: 'EKO', name: 'Ekonomiska biblioteket' },
  ],
  patrons: [
    {
      ...patron,
      id: 1,
      userid: 'elsa',
      cardnumber: '2140000001',
      firstname: 'Elsa',
      surname: 'Lindqvist',
      email: 'elsa@demo.kvitt.example',
      attributes: [
        { type: 'EPPN', value: 'elsa@demo.kvitt.example' },
        { type: 'KIOSK', value: '7' },
      ],
      restrictions: [{ type: 'FEES', comment: 'owes', liftsWhenPaid: true }],
      password: 'hemligt',
    },
    {
      ...patron,
      id: 15,
      userid: 'elsabet',
      firstname: 'Elsabet',
      surname: 'Nyman',
      attributes: [{ type: 'KIOSK', value: 'elsa@demo.kvitt.example' }],
    },
    {
      ...patron,
      id: 3,
      userid: 'asa',
      firstname: 'Åsa',
      surname: 'Žižković-Ångström',
      attributes: [{ type: 'EPPN', value: 'åsa@demo.kvitt.example' }],
    },
    { ...patron, id: 5, userid: 'amir', firstname: 'Amir', surname: 'Rahimi' },
    {
      ...patron,
      id: 21,
      userid: 'omar.1',
      firstname: 'Omar',
      surname: 'Haddad',
      email: 'omar@demo.kvitt.example',
      attributes: [{ type: 'EPPN', value: 'omar@demo.kvitt.example' }],
    },
    {
      ...patron,
      id: 22,
      userid: 'omar.2',
      firstname: 'Omar',
      surname: 'Haddad',
      email: 'omar@demo.kvitt.example',
      attributes: [{ type: 'EPPN', value: 'omar@demo.kvitt.example' }],
    },
    {
      ...patron,
      id: 30,
      userid: 'viggo',
      firstname: 'Viktoria',
      preferredName: 'Viggo',
      surname: 'Holm',
      expiresInDays: null,
    },
  ],
  items: Array.from({ length: 700 }, (_, at) => ({
    id: 10_001 + at,
    barcode: `1400${at}`,
    title: at === 0 ? '"><img src=x onerror=alert(1)>' : `Röda rummet ${at}`,
    author: 'Strindberg, August',
    itemType: 'BOK',
    homeLibraryId: 'EKO',
  })),
  debits: [
    {
      id: 101,
      patronId: 1,
      type: 'LOST',
      amount: 526,
      itemId: 10_001,
      libraryId: 'EKO',
      daysAgo: 10,
      description: 'Röda rummet 1400',
    },
    { id: 102, patronId: 1, type: 'PROCESSING', amount: 200, itemId: 10_001, libraryId: 'EKO', daysAgo: 10 },
    { id: 103, patronId: 1, type: 'OVERDUE', status: 'LOST', amount: 160, libraryId: null, daysAgo: 11 },
    { id: 104, patronId: 15, type: 'OVERDUE', status: 'RETURNED', amount: 40, libraryId: 'HUM', daysAgo: 5 },
  ],
  credits: [],
}
