import { fileURLToPath } from 'node:url'
import { buildProduct } from './build-product.ts'

/** `npm run build`: writes the product without types into dist/. */
buildProduct(fileURLToPath(new URL('../dist/', import.meta.url)))
