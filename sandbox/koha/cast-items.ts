import type { SeedItem } from './seed-types.ts'

const homes = ['HUM', 'EKO', 'BIO', 'PED', 'KON']

/** Classics, and some that never were written. */
const shelf: [title: string, author: string | null][] = [
  ['Gösta Berlings saga', 'Lagerlöf, Selma'],
  ['Röda rummet', 'Strindberg, August'],
  ['Doktor Glas', 'Söderberg, Hjalmar'],
  ['Kallocain', 'Boye, Karin'],
  ['Pengar', 'Benedictsson, Victoria'],
  ['Hertha', 'Bremer, Fredrika'],
  ['Drottningens juvelsmycke', 'Almqvist, Carl Jonas Love'],
  ['Fröken Julie', 'Strindberg, August'],
  ['Jerusalem', 'Lagerlöf, Selma'],
  ['Den allvarsamma leken', 'Söderberg, Hjalmar'],
  ['Mikroekonomi från grunden', 'Sandahl, Per'],
  ['Kostnadsställen i sten', 'Bokman, Rut'],
  ['Statistik för den som räknar öre', 'Decimal, Disa'],
  ['Human anatomy for tired students', 'Bone, Ada'],
  ['Klinisk biokemi', 'Enzym, Eskil'],
  ['Farmakologi i praktiken', 'Pillman, Petra'],
  ['Didaktik för kvällströtta', 'Tavla, Torkel'],
  ['Att läsa högt', 'Lind, Ljuva'],
  ['Svensk konst 1900–1950', 'Palett, Pia'],
  ['Färglära', null],
]

/** A thing that was borrowed. Item n of the shelf repeats its titles; the numbers stay the same. */
function copy(id: number): SeedItem {
  const [title, author] = shelf[id % shelf.length] ?? ['Utan titel', null]
  return {
    id,
    barcode: `14001${String(id * 137).padStart(6, '0')}`,
    title,
    author,
    itemType: id % 7 === 0 ? 'KORT' : 'BOK',
    homeLibraryId: homes[id % homes.length] ?? 'HUM',
    replacementPrice: 300 + (id % 20) * 10,
  }
}

function special(id: number, title: string, more: Partial<SeedItem> = {}): SeedItem {
  return { ...copy(id), title, ...more }
}

/** Numbers 501 to 560 are everybody's; those from 601 have a title worth testing with. */
export const items: SeedItem[] = [
  ...Array.from({ length: 60 }, (_, at) => copy(501 + at)),
  special(601, 'Campbell biology: a global approach', {
    author: 'Urry, Lisa A.',
    homeLibraryId: 'BIO',
    replacementPrice: 526,
    lostStatus: 2,
  }),
  special(
    602,
    'Žižkovské eseje om ångström, ærlighet och œuvre: en mycket lång titel som fortsätter långt efter att läsaren har ' +
      'tröttnat, med underrubrik, förord, efterord, register och ett tillägg om hur man bryter rader i smala spalter',
    { author: 'Žižković-Ångström, Åsa', homeLibraryId: 'KON' },
  ),
  special(603, 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft', {
    homeLibraryId: 'HUM',
  }),
  special(604, 'Återkomsten', { author: 'Öberg, Lars', homeLibraryId: 'PED', replacementPrice: 450 }),
  special(611, '"><img src=x onerror=alert(1)>', { author: '<b>Fet, Författare</b>' }),
  special(612, '=HYPERLINK("http://example.invalid";"klicka")', { author: '@SUM(1+1)*cmd' }),
  special(613, "'; DROP TABLE payments; --", { author: "O'Brien, Tove" }),
  special(614, 'Från höger \u202Etill vänster, och 📚 däremellan', { author: null }),
  special(615, `<%= process.exit() %> {{7*7}} \${7*7} ${'mycket '.repeat(60)}lång`, { author: null }),
]
