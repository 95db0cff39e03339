import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { demoCoding, demoSettings } from '../../sandbox/demo-settings.ts'
import { makeKeyAndCertificate } from '../../sandbox/idp/self-signed.ts'
import { type Config, loadConfig } from '../../src/config/load.ts'
import { maskedSettings } from '../../src/config/masked-settings.ts'
import { environmentName } from '../../src/config/tree.ts'
import { knownProviders } from '../../src/outside/providers/list.ts'
import { themeFaults } from '../../src/web/theme.ts'

const { certificate, privateKey } = makeKeyAndCertificate('Test identity provider')
const short = generateKeyPairSync('rsa', {
  modulusLength: 1024,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const other = makeKeyAndCertificate('Its next certificate').certificate

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kvitt-config-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Settings as a university might write them: any shape, because these tests write wrong ones. */
type Written = ReturnType<typeof wellWritten>

function wellWritten() {
  const settings = demoSettings({
    baseUrl: 'https://avgifter.ub.example',
    port: 8080,
    databaseUrl: 'postgres://kvitt:hemligt@db.ub.example:5432/kvitt?password=hemligt',
    koha: {
      apiUrl: 'https://koha.ub.example/api/v1',
      clientId: 'client',
      clientSecret: 'koha-secret',
      opac: 'https://opac.ub.example',
    },
    cards: {
      url: 'https://cards.ub.example',
      netsSecretKey: 'test-secret-key-1234',
      netsWebhookSecret: 'webhooksecret1234',
      stripeSecretKey: 'sk_test_1234',
      stripeWebhookSecret: 'whsec_1234',
    },
    idp: { entityId: 'https://idp.ub.example', signOnUrl: 'https://idp.ub.example/sso', certificate },
    smtp: { host: 'mail.ub.example', port: 587 },
  })
  // biome-ignore lint/suspicious/noExplicitAny: wrong settings have no type
  return settings as any
}

function load(
  change: (settings: Written) => void = () => {},
  environment: Record<string, string> = {},
  coding: unknown = demoCoding(),
) {
  const settings = wellWritten()
  change(settings)
  return loadText(stringify(settings), environment, typeof coding === 'string' ? coding : stringify(coding))
}

function loadText(yaml: string, environment: Record<string, string> = {}, coding = stringify(demoCoding())) {
  const file = join(folder, 'kvitt.yaml')
  writeFileSync(file, yaml)
  writeFileSync(join(folder, 'coding.yaml'), coding)
  return loadConfig({ file, environment, providers: knownProviders, lookFaults: themeFaults })
}

function configOf(...parameters: Parameters<typeof load>): Config {
  const outcome = load(...parameters)
  if (!outcome.ok) throw new Error(outcome.faults.join('\n'))
  return outcome.config
}

function faultsOf(...parameters: Parameters<typeof load>): string[] {
  const outcome = load(...parameters)
  return outcome.ok ? [] : outcome.faults
}

describe('the configuration', () => {
  it('is read with defaults, coding rules and the parts that the economy office wants', () => {
    const config = configOf()
    expect(config.service.sessionMinutes).toBe(30)
    expect(config.debts.minimum).toBe(1000)
    expect(config.coding.length).toBeGreaterThan(5)
    expect(config.neededParts).toEqual(['costCentre', 'activity'])
    expect(config.folder).toBe(folder)
  })

  it('tells every fault at once, over all sections and the coding file', () => {
    const faults = faultsOf(
      (settings) => {
        settings.service.prot = 8080
        settings.service.sessionSecrets = ['short']
        settings.library.email = 'nobody'
        settings.library.accentColour = '#ffff00'
        delete settings.koha.url
        settings.koha.auth = { kind: 'kerberos' }
        settings.people.match[1] = { by: 'guess', from: 'x' }
        settings.people.staff[1].roles = ['boss']
        settings.payments.provider = 'swish'
        settings.mail.password = 'no user'
        settings.providers['nets-easy'].secretKey = 'live-secret-key-1'
        settings.providers['nets-easy'].apiUrl = 'https://test.api.dibspayment.eu'
      },
      {},
      { rules: [{ from: '2026-01-01', costCentre: '12' }] },
    )
    const told = (text: RegExp) => expect(faults.filter((fault) => text.test(fault))).toHaveLength(1)
    told(/^service: there is no such setting: prot$/)
    told(/^service[.]sessionSecrets \(entry 1\): must have at least 32 characters$/)
    told(/^library[.]email: must be an e-mail address$/)
    told(/^koha[.]url: is missing$/)
    told(/^koha[.]auth[.]kind: must be oauth or basic$/)
    told(/^people[.]match \(entry 2\)[.]by: must be userid or cardnumber or email or attribute$/)
    told(/^people[.]staff \(entry 2\)[.]roles \(entry 1\): must be desk or economy/)
    told(/^payments[.]provider: "swish" has no settings under providers$/)
    told(/^mail: user and password belong together/)
    told(/^providers[.]nets-easy[.]secretKey: is a live key, but apiUrl is the test service$/)
    told(/^coding[.]yaml: rule 1: costCentre "12" is not of the form/)
    expect(faults).toHaveLength(11)
  })

  it('refuses colours that nobody can read, beside everything else', () => {
    const faults = faultsOf((settings) => {
      settings.library.accentColour = '#ffff00'
      settings.service.port = -1
    })
    expect(faults.join('\n')).toMatch(/library[.]accentColour: .*contrast/)
    expect(faults.join('\n')).toMatch(/service[.]port: must be at least 0/)
  })

  const wrong: [story: string, change: (settings: Written) => void, fault: RegExp][] = [
    ['plain http', (s) => (s.service.baseUrl = 'http://ub.example'), /service[.]baseUrl: must be https/],
    ['a path below a host', (s) => (s.service.baseUrl = 'https://ub.example/pay'), /a host of its own/],
    ['another scheme', (s) => (s.koha.url = 'ftp://koha'), /koha[.]url: must be an address that begins/],
    ['a text for a number', (s) => (s.service.port = 'many'), /service[.]port: must be a number/],
    ['half a port', (s) => (s.service.port = 80.5), /service[.]port: must be a whole number/],
    ['a number for a text', (s) => (s.mail.host = 12), /mail[.]host: must be a text/],
    ['a value for a list', (s) => (s.people.match = 'userid'), /people[.]match: must be a list/],
    ['an empty list', (s) => (s.people.match = []), /people[.]match: must have at least 1 entries/],
    ['a value for a section', (s) => (s.koha = 'yes'), /koha: must be a section/],
    [
      'an identity provider that may say anything, unsaid',
      (s) => delete s.saml.scopes,
      /saml[.]scopes: must name what .* such as \[example[.]se\]; or say anyScope: true/,
    ],
    [
      'scopes, and any scope',
      (s) => (s.saml.anyScope = true),
      /saml[.]anyScope: cannot be true beside scopes/,
    ],
    [
      'a card where everybody needs two factors',
      (s) => {
        s.people.mfa = { enabled: true, everybody: true }
        s.people.kohaPassword = { enabled: true }
      },
      /people[.]kohaPassword[.]enabled: a card and its password are one factor/,
    ],
    [
      'a role by an attribute that nobody is trusted with',
      (s) => {
        s.people.rolesFrom = [{ attribute: 'memberOf', value: 'cn=kvitt', roles: ['economy'] }]
        const certificate = s.saml.idp.certificates[0]
        delete s.saml.idp
        s.saml.federation = {
          mdqUrl: 'https://mds.example.se',
          signerCertificate: certificate,
          idps: [{ entityId: 'https://idp.example.se', name: { sv: 'Ett', en: 'One' } }],
        }
      },
      /people[.]rolesFrom \(entry 1\): nobody is trusted with memberOf/,
    ],
    [
      'a name that a setting had before',
      (s) => {
        const certificate = s.saml.idp.certificates[0]
        delete s.saml.idp
        const idp = { entityId: 'https://idp.example.se', name: { sv: 'Ett', en: 'One' }, believed: ['mail'] }
        s.saml.federation = {
          mdqUrl: 'https://mds.example.se',
          signerCertificate: certificate,
          idps: [idp],
        }
      },
      /there is no such setting: believed \(it is called trustedAttributes now\)/,
    ],
    ['a negative minimum', (s) => (s.debts.minimum = '-5'), /debts[.]minimum: must be an amount in kronor/],
    [
      'a pattern that is none',
      (s) => (s.economy.codeString.project.pattern = '[B'),
      /codeString[.]project[.]pattern: is no regular expression/,
    ],
    [
      'a certificate that is none',
      (s) => (s.saml.idp.certificates = ['AAAA']),
      /certificates \(entry 1\): is no certificate/,
    ],
    [
      'a key of theirs that anybody could break',
      (s) => (s.saml.idp.certificates = [short.publicKey]),
      /certificates \(entry 1\): is an RSA key of less than 2048 bits/,
    ],
    [
      'a key of ours that anybody could break',
      (s) =>
        Object.assign(s.saml, { privateKeys: [privateKey, short.privateKey], certificates: [certificate] }),
      /privateKeys \(entry 2\): is an RSA key of less than 2048 bits/,
    ],
    [
      'a key without its certificate',
      (s) => (s.saml.privateKeys = [privateKey]),
      /saml[.]certificates: must hold the certificate/,
    ],
    [
      'a key that is none',
      (s) => Object.assign(s.saml, { privateKeys: ['x'], certificates: [certificate] }),
      /saml[.]privateKeys \(entry 1\): is no private key/,
    ],
    ['a user without a password', (s) => (s.mail.user = 'kvitt'), /mail: user and password belong together/],
    [
      'less patience than a write takes',
      (s) => (s.koha.longestRequestSeconds = 1),
      /longestRequestSeconds: must be at least writeSeconds/,
    ],
    [
      'a provider that we do not know',
      (s) => (s.providers.swish = {}),
      /providers: there is no such setting: swish/,
    ],
    [
      'a checkout too short for Stripe',
      (s) => Object.assign(s.payments, { provider: 'stripe', checkoutMinutes: 10 }),
      /payments[.]checkoutMinutes: must be at least 30 with the provider "stripe"/,
    ],
    [
      'an account in letters',
      (s) => (s.economy.accounts.surplus = 'A'),
      /surplus: must be an account: 3 to 8 digits/,
    ],
  ]
  it.each(wrong)('is refused with %s', (_story, change, fault) => {
    const faults = faultsOf(change)
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(fault)
  })

  it('takes http on this machine', () => {
    expect(
      configOf((settings) => (settings.service.baseUrl = 'http://127.0.0.1:8080/')).service.baseUrl,
    ).toBe('http://127.0.0.1:8080')
  })
})

describe('a file that is not what it should be', () => {
  it('is named when it is not there', () => {
    const outcome = loadConfig({ file: join(folder, 'none.yaml'), environment: {}, providers: {} })
    expect(outcome).toEqual({
      ok: false,
      faults: [`${join(folder, 'none.yaml')}: cannot be read (there is no such file)`],
    })
  })

  it.each([
    ['empty', ''],
    ['a list', '- service'],
    ['a single word', 'kvitt'],
  ])('holds no settings when it is %s', (_story, yaml) => {
    expect(loadText(yaml)).toEqual({
      ok: false,
      faults: [`${join(folder, 'kvitt.yaml')}: holds no settings`],
    })
  })

  it('is told by line and column when it is no YAML, without what stands there', () => {
    const outcome = loadText('mail:\n  password: "s3cret\n  host: x\n')
    expect(outcome.ok).toBe(false)
    const faults = outcome.ok ? [] : outcome.faults
    expect(faults.join()).toMatch(/kvitt[.]yaml: line \d+, column \d+: is no YAML/)
    expect(faults.join()).not.toContain('s3cret')
  })

  it('never shows a value in a fault', () => {
    const faults = faultsOf((settings) => {
      settings.koha.auth.clientSecret = ['s3cret']
      settings.providers['nets-easy'].webhookSecret = 's3cret!'
      settings.mail.tls = 's3cret'
      settings.service.logLevel = 's3cret'
    })
    expect(faults).toHaveLength(4)
    expect(faults.join()).not.toContain('s3cret')
  })

  it('is told when the coding file is missing', () => {
    const faults = faultsOf((settings) => (settings.economy.codingFile = 'elsewhere.yaml'))
    expect(faults).toEqual([`${join(folder, 'elsewhere.yaml')}: cannot be read (there is no such file)`])
  })

  it('reads codes as they are written: 0123 is not 123', () => {
    const coding = 'rules:\n  - { library: BIO, from: 2026-01-01, costCentre: 012345, account: 31900 }\n'
    expect(configOf(() => {}, {}, coding).coding[0]?.sets).toEqual({ costCentre: '012345', account: '31900' })
  })
})

describe('the environment', () => {
  it.each([
    [['koha', 'auth', 'clientSecret'], 'KVITT_KOHA_AUTH_CLIENT_SECRET'],
    [['providers', 'nets-easy', 'webhookSecret'], 'KVITT_PROVIDERS_NETS_EASY_WEBHOOK_SECRET'],
    [['service', 'baseUrl'], 'KVITT_SERVICE_BASE_URL'],
  ])('names %j %s', (path, name) => {
    expect(environmentName(path)).toBe(name)
  })

  it('wins over the file, and keeps numbers, booleans, texts and lists apart', () => {
    const { service, payments, mail, debts, koha, saml } = configOf(
      (settings) => {
        settings.mail.user = 'kvitt'
        settings.mail.password = 'in the file'
      },
      {
        KVITT_SERVICE_PORT: '9000',
        KVITT_PAYMENTS_OPEN: 'false',
        KVITT_MAIL_PASSWORD: '12345678',
        KVITT_KOHA_PAYMENT_TYPE: 'true',
        KVITT_DEBTS_NOT_PAYABLE_TYPES: '[L_INKASSO, SALE]',
        KVITT_DEBTS_MINIMUM: '20.50',
        KVITT_SAML_IDP_CERTIFICATES: `${certificate}\n${other}`,
        KVITT_CONFIG: 'the command line reads this one',
        PATH: '/bin',
      },
    )
    expect(service.port).toBe(9000)
    expect(payments.open).toBe(false)
    expect(mail.password).toBe('12345678')
    expect(koha.paymentType).toBe('true')
    expect(debts).toMatchObject({ notPayableTypes: ['L_INKASSO', 'SALE'], minimum: 2050 })
    expect(saml.idp?.certificates).toHaveLength(2)
  })

  it('may give a section that the file does not have', () => {
    const { database } = configOf((settings) => delete settings.database, {
      KVITT_DATABASE_URL: 'postgres://db/kvitt',
    })
    expect(database.url).toBe('postgres://db/kvitt')
  })

  it('is refused when a name is misspelt', () => {
    expect(faultsOf(() => {}, { KVITT_SERVICE_PROT: '1', KVITT_MAIL_PASSWD_FILE: 'x' })).toEqual([
      'KVITT_SERVICE_PROT: there is no such setting',
      'KVITT_MAIL_PASSWD_FILE: there is no such setting',
    ])
  })
})

describe('a secret in a file of its own', () => {
  it('is named in the settings or in the environment, relative to the settings', () => {
    writeFileSync(join(folder, 'koha-secret'), '  from a file\n')
    writeFileSync(join(folder, 'session-secrets'), `${'n'.repeat(32)}\n${'o'.repeat(32)}\n`)
    writeFileSync(join(folder, 'nets-key'), 'test-secret-key-5678\n')
    const config = configOf(
      (settings) => {
        delete settings.koha.auth.clientSecret
        settings.koha.auth.clientSecretFile = 'koha-secret'
        delete settings.service.sessionSecrets
        settings.service.sessionSecretsFile = join(folder, 'session-secrets')
      },
      { KVITT_PROVIDERS_NETS_EASY_SECRET_KEY_FILE: 'nets-key' },
    )
    expect(config.koha.auth).toMatchObject({ clientSecret: 'from a file' })
    expect(config.service.sessionSecrets).toEqual(['n'.repeat(32), 'o'.repeat(32)])
    expect(config.providers['nets-easy']).toMatchObject({ secretKey: 'test-secret-key-5678' })
  })

  it('is told when it cannot be read', () => {
    const faults = faultsOf(
      (settings) => {
        settings.mail.user = 'kvitt'
        settings.mail.passwordFile = 'nowhere'
      },
      { KVITT_KOHA_AUTH_CLIENT_SECRET_FILE: '/nowhere/either' },
    )
    expect(faults).toContain('mail.passwordFile: the file nowhere cannot be read')
    expect(faults).toContain('KVITT_KOHA_AUTH_CLIENT_SECRET_FILE: the file /nowhere/either cannot be read')
  })
})

describe('the settings as shown', () => {
  it('hide every secret and nothing else', () => {
    const config = configOf((settings) => {
      Object.assign(settings.saml, { privateKeys: [privateKey], certificates: [certificate] })
      Object.assign(settings.mail, { user: 'kvitt', password: 'mail-secret' })
      settings.service.metricsToken = 'metrics-secret-1234'
    })
    const shown = stringify(maskedSettings(config))
    const secrets = [
      'koha-secret',
      'test-secret-key-1234',
      'webhooksecret1234',
      'sk_test_1234',
      'whsec_1234',
      'mail-secret',
      'metrics-secret-1234',
      'hemligt',
      'a-demo-secret',
      'BEGIN PRIVATE KEY',
      'BEGIN RSA PRIVATE KEY',
    ]
    for (const secret of secrets) expect(shown).not.toContain(secret)
    expect(shown).toContain('https://koha.ub.example/api/v1')
    expect(shown).toContain('@db.ub.example:5432/kvitt')
    expect(shown).not.toContain('rules')
  })
})
