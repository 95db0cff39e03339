import type { Area } from '../../area.ts'

/** Work that a person must look at. */
export const cases: Area = { name: 'cases' }
