import { idpMetadataCache } from '../areas/people/metadata-store.ts'
import type { Log } from '../base/log.ts'
import { createMetrics, type Metrics } from '../base/metrics.ts'
import { watched } from '../base/watched.ts'
import type { Config } from '../config/load.ts'
import type { Database } from '../database/database.ts'
import { createEconomyFiles } from '../outside/economy/economy-files.ts'
import { createKoha } from '../outside/koha/koha.ts'
import { remembered } from '../outside/koha/remembered.ts'
import { createSmtp } from '../outside/mail/smtp.ts'
import type { IdentityProvider } from '../outside/ports/identity.ts'
import { knownProviders } from '../outside/providers/list.ts'
import { createSaml } from '../outside/saml/saml.ts'
import { type Context, type Providers, systemClock } from '../work/context.ts'
import { createOffLoop, type OffLoopThreads } from '../work/off-loop/off-loop.ts'
import { type Bell, createBell } from '../work/wake.ts'

/** The context and what only the web and the jobs need beside it. */
export interface Wired {
  context: Context
  metrics: Metrics
  bell: Bell
  offLoop: OffLoopThreads
  identityProvider: IdentityProvider
}

/** Puts the adapters that the configuration names behind the ports. The only place that knows which is which. */
export function wire(config: Config, db: Database, log: Log, clock = systemClock): Wired {
  const metrics = createMetrics(() => clock.now())
  const bell = createBell()
  const offLoop = createOffLoop()
  const context: Context = {
    db,
    koha: remembered(watched(createKoha(config.koha, clock), 'koha', metrics), () => clock.now().getTime()),
    providers: wireProviders(config, metrics, () => clock.now()),
    mailer: watched(createSmtp(config.mail), 'mail', metrics),
    economyFiles: createEconomyFiles(config.economy.formats, offLoop),
    jobs: bell,
    offLoop,
    clock,
    log,
    config,
  }
  const identityProvider = createSaml({
    settings: config.saml,
    baseUrl: config.service.baseUrl,
    about: config,
    match: config.people.match,
    rolesFrom: config.people.rolesFrom,
    clock,
    metadataCache: idpMetadataCache(db),
  })
  return { context, metrics, bell, offLoop, identityProvider }
}

function wireProviders(config: Config, metrics: Metrics, now: () => Date): Providers {
  const all = Object.entries(knownProviders)
    .filter(([name]) => config.providers[name] !== undefined)
    .map(([name, known]) => watched(known.create(config.providers[name], { now }), name, metrics))
  const current = all.find(({ name }) => name === config.payments.provider)
  // config.ts has checked that it is there.
  if (!current) throw new Error(`No settings for ${config.payments.provider}`)
  return { current, all, named: (name) => all.find((provider) => provider.name === name) }
}
