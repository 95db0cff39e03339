import type { SeedCredit, SeedDebit } from './seed-types.ts'

const homes = ['HUM', 'EKO', 'BIO', 'PED', 'KON']

/** Gun: 42 charges over two years, in all five libraries; 10 to 160 kronor, one with öre. */
const gunsDebits: SeedDebit[] = Array.from({ length: 42 }, (_, at) => ({
  patronId: 112,
  type: at % 9 === 8 ? 'RESERVE_EXPIRED' : 'OVERDUE',
  ...(at % 9 !== 8 && { status: 'RETURNED' }),
  amount: at === 20 ? 19.99 : 10 + (at % 16) * 10,
  itemId: 510 + at,
  libraryId: homes[(510 + at) % homes.length] ?? null,
  daysAgo: 10 + at * 17,
}))

const hostileDebits: SeedDebit[] = [611, 612, 613, 614, 615].map((itemId, at) => ({
  patronId: 116,
  type: 'OVERDUE',
  status: 'RETURNED',
  amount: 20 + at,
  itemId,
  libraryId: 'KON',
  daysAgo: 5 + at,
}))

/** What the cast owes. A description is Koha's own words from when the charge arose. */
export const debits: SeedDebit[] = [
  // Elsa: 886 kr for one lost book.
  {
    patronId: 101,
    type: 'LOST',
    amount: 526,
    itemId: 601,
    libraryId: 'BIO',
    daysAgo: 12,
    description: 'Campbell biology: a global approach 14001082337 QH308',
  },
  { patronId: 101, type: 'PROCESSING', amount: 200, itemId: 601, libraryId: 'BIO', daysAgo: 12 },
  { patronId: 101, type: 'OVERDUE', status: 'LOST', amount: 160, itemId: 601, libraryId: 'BIO', daysAgo: 13 },
  {
    patronId: 103,
    type: 'OVERDUE',
    status: 'RETURNED',
    amount: 30,
    itemId: 502,
    libraryId: 'BIO',
    daysAgo: 3,
  },
  // Bengt: 1 860 kr since five months; usually invoiced.
  { patronId: 104, type: 'LOST', amount: 1460, itemId: 503, libraryId: 'HUM', daysAgo: 152 },
  { patronId: 104, type: 'PROCESSING', amount: 200, itemId: 503, libraryId: 'HUM', daysAgo: 152 },
  { patronId: 104, type: 'OVERDUE', status: 'LOST', amount: 200, itemId: 503, libraryId: null, daysAgo: 153 },
  // Priya: a nightly job made it, so it has no library; 10 kr more each day until the book is back.
  {
    patronId: 105,
    type: 'OVERDUE',
    status: 'UNRETURNED',
    amount: 70,
    itemId: 504,
    libraryId: null,
    daysAgo: 0,
  },
  { patronId: 105, type: 'NEW_CARD', amount: 50, libraryId: 'EKO', daysAgo: 20, description: 'Nytt kort' },
  {
    patronId: 106,
    type: 'OVERDUE',
    status: 'RETURNED',
    amount: 45.5,
    itemId: 602,
    libraryId: 'KON',
    daysAgo: 8,
  },
  {
    patronId: 106,
    type: 'OVERDUE',
    status: 'RETURNED',
    amount: 30,
    itemId: 603,
    libraryId: 'HUM',
    daysAgo: 9,
  },
  // Lars: paid for a lost book and then found it; see his credits.
  {
    id: 1001,
    patronId: 107,
    type: 'LOST',
    status: 'FOUND',
    amount: 450,
    outstanding: 0,
    itemId: 604,
    libraryId: 'PED',
    daysAgo: 60,
  },
  // Karin: with the debt collectors, and a little that is not.
  {
    patronId: 108,
    type: 'L_INKASSO',
    amount: 1240,
    libraryId: 'HUM',
    daysAgo: 200,
    description: 'Ersättning, överlämnad till inkasso (ORI)',
  },
  {
    patronId: 108,
    type: 'OVERDUE',
    status: 'RETURNED',
    amount: 80,
    itemId: 505,
    libraryId: 'HUM',
    daysAgo: 30,
  },
  {
    patronId: 110,
    type: 'OVERDUE',
    status: 'RETURNED',
    amount: 40,
    itemId: 506,
    libraryId: 'HUM',
    daysAgo: 14,
  },
  { patronId: 111, type: 'RESERVE_EXPIRED', amount: 20, itemId: 507, libraryId: 'EKO', daysAgo: 2 },
  ...gunsDebits,
  {
    patronId: 113,
    type: 'OVERDUE',
    status: 'RETURNED',
    amount: 5,
    itemId: 508,
    libraryId: 'PED',
    daysAgo: 4,
  },
  // Siv: paid everything, and is restricted for another reason.
  {
    id: 1002,
    patronId: 114,
    type: 'OVERDUE',
    status: 'RETURNED',
    amount: 120,
    outstanding: 0,
    itemId: 509,
    libraryId: 'HUM',
    daysAgo: 40,
  },
  {
    patronId: 115,
    type: 'OVERDUE',
    status: 'RETURNED',
    amount: 60,
    itemId: 501,
    libraryId: 'BIO',
    daysAgo: 6,
  },
  ...hostileDebits,
  // Viggo: a charge with no item, and an account that has expired.
  {
    patronId: 117,
    type: 'MANUAL',
    amount: 95,
    libraryId: 'EKO',
    daysAgo: 70,
    description: 'Kopior, 95 sidor',
  },
]

export const credits: SeedCredit[] = [
  {
    patronId: 107,
    type: 'PAYMENT',
    amount: 450,
    unused: 0,
    paid: [{ debitId: 1001, amount: 450 }],
    paymentType: 'CARD',
    note: 'Betalt i lånedisken',
    libraryId: 'PED',
    daysAgo: 50,
  },
  {
    patronId: 107,
    type: 'LOST_FOUND',
    amount: 450,
    unused: 450,
    paid: [],
    description: 'Förlorat exemplar återlämnat',
    itemId: 604,
    libraryId: 'PED',
    daysAgo: 15,
  },
  {
    patronId: 114,
    type: 'PAYMENT',
    amount: 120,
    unused: 0,
    paid: [{ debitId: 1002, amount: 120 }],
    paymentType: 'CARD',
    note: 'Betalt i lånedisken',
    libraryId: 'HUM',
    daysAgo: 35,
  },
]
