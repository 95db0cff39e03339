import { exampleText } from '../../config/example.ts'
import { settingsSchemaWith } from '../../config/load.ts'
import { knownProviders } from '../../outside/providers/list.ts'

/** Prints an example of the configuration: kvitt.example.yaml is this, as `npm run example` writes it. */
export function example(): void {
  process.stdout.write(exampleText(settingsSchemaWith(knownProviders)))
}
