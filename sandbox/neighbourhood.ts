import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { type SandboxCards, startSandboxCards } from './cards/server.ts'
import { demoCoding, demoSettings, type Neighbours } from './demo-settings.ts'
import { type SandboxIdp, startSandboxIdp } from './idp/sandbox-idp.ts'
import { cast } from './koha/cast.ts'
import { type SandboxKoha, startSandboxKoha } from './koha/sandbox-koha.ts'
import { type SandboxMailbox, startSandboxMailbox } from './mailbox/sandbox-mailbox.ts'
import { type SandboxPanel, startSandboxPanel } from './panel/sandbox-panel.ts'
import { freePort } from './ports.ts'

/** Everybody whom the product talks to, on loopback. */
export interface Neighbourhood {
  koha: SandboxKoha
  cards: SandboxCards
  idp: SandboxIdp
  mailbox: SandboxMailbox
  /** From which all of them are broken and mended. */
  panel: SandboxPanel
  /** Where the product is to be, and the settings that make it speak to these neighbours. */
  baseUrl: string
  /** Writes kvitt.yaml and coding.yaml into a folder; returns the path of the first. */
  writeSettings(folder: string, change?: (settings: ReturnType<typeof demoSettings>) => object): string
  stop(): Promise<void>
}

export interface NeighbourhoodOptions {
  /** The first of the ports that it would like to have; 0 takes any. */
  firstPort: number
  now?: () => Date
  /** The identity provider's clock, when it is not this machine's: the library that reads its answers knows no other. */
  signInNow?: () => Date
  /** Where the product keeps its tables: a server, or a folder of its own for the embedded one. */
  database: { url: string } | { folder: string }
}

/** Starts Koha, the card company, the identity provider and the mailbox, and knows the settings that join them. */
export async function startNeighbourhood({
  firstPort,
  now,
  signInNow,
  database,
}: NeighbourhoodOptions): Promise<Neighbourhood> {
  const port = (place: number) => freePort(firstPort === 0 ? 0 : firstPort + place)
  const productPort = await port(0)
  // The same host as the identity provider's: without https the sign-in cookie only comes back within one site.
  const baseUrl = `http://127.0.0.1:${productPort}`
  const clock = now ? { now } : {}
  const keys = {
    netsSecretKey: `test-secret-key-${randomBytes(16).toString('hex')}`,
    netsWebhookSecret: randomBytes(16).toString('hex'),
    stripeSecretKey: `sk_test_${randomBytes(16).toString('hex')}`,
    stripeWebhookSecret: `whsec_${randomBytes(16).toString('hex')}`,
  }
  const koha = await startSandboxKoha({ port: await port(1), seed: cast, ...clock })
  const cards = await startSandboxCards({
    port: await port(2),
    nets: { secretKey: keys.netsSecretKey },
    stripe: {
      secretKey: keys.stripeSecretKey,
      endpoint: { url: `${baseUrl}/webhooks/stripe`, secret: keys.stripeWebhookSecret },
    },
    ...clock,
  })
  const idp = await startSandboxIdp({
    port: await port(3),
    serviceProviders: [{ entityId: `${baseUrl}/saml/metadata`, acsUrl: `${baseUrl}/saml/acs` }],
    ...(signInNow && { now: signInNow }),
  })
  const mailbox = await startSandboxMailbox({ httpPort: await port(4), smtpPort: await port(5) })
  const places = { product: baseUrl, koha: koha.url, cards: cards.url, mailbox: mailbox.url }
  const panel = await startSandboxPanel(await port(6), { koha, cards, idp, mailbox }, places)

  const neighbours: Neighbours = {
    baseUrl,
    port: productPort,
    ...('url' in database ? { databaseUrl: database.url } : { databaseFolder: database.folder }),
    koha: {
      apiUrl: koha.apiUrl,
      clientId: koha.key.clientId,
      clientSecret: koha.key.clientSecret,
      opac: koha.url,
    },
    cards: { url: cards.url, ...keys },
    idp,
    smtp: { host: '127.0.0.1', port: mailbox.smtpPort },
  }
  return {
    koha,
    cards,
    idp,
    mailbox,
    panel,
    baseUrl,
    writeSettings: (folder, change = (settings) => settings) => {
      mkdirSync(folder, { recursive: true })
      const file = join(folder, 'kvitt.yaml')
      writeFileSync(file, stringify(change(demoSettings(neighbours))))
      writeFileSync(join(folder, 'coding.yaml'), stringify(demoCoding()))
      return file
    },
    stop: async () => {
      await Promise.all([koha.stop(), cards.stop(), idp.stop(), mailbox.stop(), panel.stop()])
    },
  }
}
