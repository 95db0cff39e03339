import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { type Neighbourhood, startNeighbourhood } from '../../../sandbox/neighbourhood.ts'
import { type EmbeddedServer, startEmbedded } from '../../../src/database/embedded/embedded.ts'
import { migrate } from '../../../src/database/migrate.ts'
import { kvitt } from './kvitt.ts'

describe('kvitt check', () => {
  let folder: string
  let database: EmbeddedServer
  let neighbours: Neighbourhood
  let file: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kvitt-check-'))
    // PostgreSQL runs as another user when we are root, and has to get in.
    chmodSync(folder, 0o755)
    // One of its own: the tests' common server has fsync off, and kvitt check will not have that.
    database = await startEmbedded(join(folder, 'tables'))
    await migrate(database.url)
    neighbours = await startNeighbourhood({ firstPort: 0, database: { url: database.url } })
    file = neighbours.writeSettings(folder)
  })
  afterAll(async () => {
    await neighbours.stop()
    await database.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** The settings, changed; answers the path of a file of its own. */
  // biome-ignore lint/suspicious/noExplicitAny: wrong settings have no type
  function changed(name: string, change: (settings: any) => void): string {
    const settings = parse(readFileSync(file, 'utf8'))
    change(settings)
    const path = join(folder, name)
    writeFileSync(path, stringify(settings))
    return path
  }

  it('finds that all is well, and says in words what it saw of each', async () => {
    const { code, stdout, stderr } = await kvitt(['--config', file, 'check'])
    expect(stderr).toBe('')
    expect(stdout).toMatch(/✓ database +PostgreSQL \d+[.]\d+.*, tables up to date/)
    expect(stdout).toMatch(/✓ Koha +.*5 libraries/)
    expect(stdout).toMatch(/✓ identity provider +.*valid until/)
    expect(stdout).toMatch(/✓ Nexi Checkout +.*takes our key/)
    expect(stdout).toMatch(/✓ Stripe +.*takes our key/)
    expect(stdout).toMatch(/✓ mail +/)
    expect(stdout).toMatch(/All is well[.]/)
    expect(code).toBe(0)
  })

  it('will not have a database that loses in a power cut what it has been told', async () => {
    const careless = await startEmbedded(join(folder, 'careless'), { fsync: 'off' })
    const reckless = changed('reckless.yaml', (settings) => {
      settings.database.url = careless.url
    })
    const { code, stdout } = await kvitt(['--config', reckless, 'check'])
    await careless.stop()
    expect(stdout).toMatch(/✗ database +fsync is off: a power cut loses payments that were made/)
    expect(code).toBe(1)
  })

  it('names every neighbour that is in trouble, and ends with 1', async () => {
    const nobody = 'http://127.0.0.1:9'
    const broken = changed('broken.yaml', (settings) => {
      settings.koha.auth.clientSecret = 'not the secret'
      settings.saml.idp.signOnUrl = `${nobody}/sso`
      settings.providers.stripe.secretKey = 'sk_test_of_somebody_else'
      settings.mail.port = 9
      settings.database.url = 'postgres://kvitt:hemligt@127.0.0.1:9/kvitt'
    })
    const { code, stdout } = await kvitt(['--config', broken, 'check'])
    for (const what of ['database', 'Koha', 'identity provider', 'Stripe', 'mail'])
      expect(stdout).toMatch(new RegExp(`✗ ${what} +\\S`))
    expect(stdout).toMatch(/✓ Nexi Checkout/)
    expect(stdout).toMatch(/5 of 7 need attention/)
    for (const secret of ['not the secret', 'sk_test_of', 'hemligt']) expect(stdout).not.toContain(secret)
    expect(code).toBe(1)
  })

  it('lists all faults of a wrong configuration, and tries nobody', async () => {
    const wrong = changed('wrong.yaml', (settings) => {
      settings.service.prot = 1
      delete settings.koha.url
      settings.library.accentColour = '#ffff00'
      settings.economy.codeString.costCentre.pattern = '[6'
    })
    const { code, stdout, stderr } = await kvitt(['--config', wrong, 'check'], { KVITT_MIAL_HOST: 'x' })
    expect(stderr).toMatch(/5 settings are wrong/)
    expect(stderr).toMatch(/- service: there is no such setting: prot/)
    expect(stderr).toMatch(/- koha[.]url: is missing/)
    expect(stderr).toMatch(/- library[.]accentColour: #ffff00 .*contrast/)
    expect(stderr).toMatch(/- economy[.]codeString[.]costCentre[.]pattern: is no regular expression/)
    expect(stderr).toMatch(/- KVITT_MIAL_HOST: there is no such setting/)
    expect(stdout).toBe('')
    expect(code).toBe(1)
  })

  it('shows the settings in force with every secret masked', async () => {
    const { stdout } = await kvitt(['--config', file, 'check', '--show'], {
      KVITT_SERVICE_SESSION_MINUTES: '45',
    })
    const settings = parse(readFileSync(file, 'utf8'))
    const secrets = [
      settings.koha.auth.clientSecret,
      ...settings.service.sessionSecrets,
      settings.providers['nets-easy'].secretKey,
      settings.providers['nets-easy'].webhookSecret,
      settings.providers.stripe.secretKey,
      ...settings.providers.stripe.webhookSecrets,
    ]
    for (const secret of secrets) expect(stdout).not.toContain(secret)
    expect(stdout).toContain('sessionMinutes: 45')
    expect(stdout).toContain(settings.koha.url)
  })
})
