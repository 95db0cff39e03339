import type { SeedLibrary } from './seed-types.ts'

/** Five libraries of an invented university in Gothenburg. */
export const libraries: SeedLibrary[] = [
  { id: 'HUM', name: 'Humanistiska biblioteket', city: 'Göteborg' },
  { id: 'EKO', name: 'Ekonomiska biblioteket', city: 'Göteborg' },
  { id: 'BIO', name: 'Biomedicinska biblioteket', city: 'Göteborg' },
  { id: 'PED', name: 'Pedagogiska biblioteket', city: 'Göteborg' },
  { id: 'KON', name: 'Konstbiblioteket', city: 'Göteborg' },
]
