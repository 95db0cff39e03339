import { csv } from './csv.ts'
import type { WritableFormat } from './file-writer.ts'
import { sie4i } from './sie4i.ts'

/** Every format in which a batch can be written. A new one is a file and a line here; the contract test runs over them all. */
export const exportFormats: Record<'sie4i' | 'csv', WritableFormat> = { sie4i, csv }
