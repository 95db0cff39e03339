import { type Config, loadConfig } from '../../config/load.ts'
import { knownProviders } from '../../outside/providers/list.ts'
import { themeFaults } from '../../web/theme.ts'

/** Reads the configuration, or prints every fault in it and ends the process with 1. */
export function configurationOrExit(file: string): Config {
  const outcome = loadConfig({
    file,
    environment: process.env,
    providers: knownProviders,
    lookFaults: themeFaults,
  })
  if (outcome.ok) return outcome.config
  const { faults } = outcome
  console.error(
    `Kvitt cannot start: ${faults.length === 1 ? 'one setting is' : `${faults.length} settings are`} wrong.\n`,
  )
  for (const fault of faults) console.error(`  - ${fault}`)
  console.error('\nEvery setting is explained in kvitt.example.yaml.')
  process.exit(1)
}
