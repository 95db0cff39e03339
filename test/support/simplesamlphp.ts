import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeKeyAndCertificate } from '../../sandbox/idp/self-signed.ts'
import { freePort } from '../../sandbox/ports.ts'

const HOME = '/usr/share/simplesamlphp'

/** Whether SimpleSAMLphp is installed here (Debian: simplesamlphp php-cli php-xml php-sqlite3 php-curl php-mbstring php-gmp). */
export const hasSimpleSamlPhp = existsSync(HOME)

if (!hasSimpleSamlPhp) {
  console.warn('No SimpleSAMLphp found (Debian package simplesamlphp): sign-in against it is SKIPPED')
}

export interface SimpleSamlPhp {
  url: string
  entityId: string
  signOnUrl: string
  /** PEM. */
  certificate: string
  /** Makes a service known by its own metadata, as a federation would. */
  trust(metadata: string): void
  /** What it does with responses from now on. */
  behave(changes: Record<string, unknown>): void
  /** What it logged. */
  log(): string
  stop(): Promise<void>
}

/** Who can sign in, each with the password "hemligt". */
export type People = Record<string, Record<string, string[]>>

/** A real identity provider that nobody here wrote, on PHP's own web server and loopback. Needs some seconds to start. */
export async function startSimpleSamlPhp(people: People): Promise<SimpleSamlPhp> {
  const folder = mkdtempSync(join(tmpdir(), 'kvitt-simplesamlphp-'))
  for (const name of ['config', 'metadata', 'cert', 'log', 'tmp', 'data', 'sess'])
    mkdirSync(join(folder, name))
  const port = await freePort(0)
  const url = `http://127.0.0.1:${port}`
  const own = makeKeyAndCertificate('SimpleSAMLphp')
  writeFileSync(join(folder, 'cert', 'idp.key'), own.privateKey)
  writeFileSync(join(folder, 'cert', 'idp.crt'), own.certificate)

  const php = (file: string, variable: string, value: unknown) =>
    writeFileSync(
      join(folder, file),
      `<?php\n$${variable} = json_decode(<<<'KVITT'\n${JSON.stringify(value)}\nKVITT\n, true);\n`,
    )
  const entityId = `${url}/saml2/idp/metadata.php`
  const behave = (changes: Record<string, unknown>) =>
    php('metadata/saml20-idp-hosted.php', 'metadata', { [entityId]: { ...usual, ...changes } })
  php('config/config.php', 'config', configOf(url, folder))
  php('config/authsources.php', 'config', {
    admin: ['core:AdminPassword'],
    people: { 0: 'exampleauth:UserPass', ...withPasswords(people) },
  })
  writeFileSync(join(folder, 'metadata', 'sp.xml'), nobody)
  behave({})

  // PHP's cache of compiled files looks at a file every other second: too seldom for tests that change them.
  const server = spawn(
    'php',
    [
      '-d',
      'opcache.enable=0',
      '-d',
      `session.save_path=${join(folder, 'sess')}`,
      '-S',
      `127.0.0.1:${port}`,
      '-t',
      `${HOME}/www`,
    ],
    {
      env: { PATH: process.env.PATH, SIMPLESAMLPHP_CONFIG_DIR: join(folder, 'config') },
      stdio: 'ignore',
    },
  )
  await untilItAnswers(entityId, server)
  return {
    url,
    entityId,
    signOnUrl: `${url}/saml2/idp/SSOService.php`,
    certificate: own.certificate,
    behave,
    trust: (metadata) => writeFileSync(join(folder, 'metadata', 'sp.xml'), metadata),
    log: () => readFileSync(join(folder, 'log', 'idp.log'), 'utf8'),
    stop: async () => {
      const gone = new Promise((done) => server.once('exit', done))
      server.kill('SIGKILL')
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const nobody = '<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata"/>'

/** Signs both and encrypts; names attributes as the federations do. */
const usual = {
  host: '__DEFAULT__',
  privatekey: 'idp.key',
  certificate: 'idp.crt',
  auth: 'people',
  'signature.algorithm': 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'saml20.sign.response': true,
  'saml20.sign.assertion': true,
  'assertion.encryption': true,
  'attributes.NameFormat': 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri',
  NameIDFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
  authproc: { 100: { class: 'core:AttributeMap', 0: 'name2oid' } },
}

function withPasswords(people: People): Record<string, object> {
  return Object.fromEntries(
    Object.entries(people).map(([name, attributes]) => [`${name}:hemligt`, { uid: [name], ...attributes }]),
  )
}

function configOf(url: string, folder: string): object {
  const at = (name: string) => `${join(folder, name)}/`
  return {
    baseurlpath: `${url}/`,
    certdir: at('cert'),
    loggingdir: at('log'),
    datadir: at('data'),
    tempdir: at('tmp'),
    metadatadir: at('metadata'),
    attributenamemapdir: '/etc/simplesamlphp/attributemap/',
    secretsalt: 'of-no-value-in-a-test',
    'auth.adminpassword': 'of-no-value-in-a-test',
    'admin.checkforupdates': false,
    technicalcontact_email: 'na@example.org',
    'enable.saml20-idp': true,
    'module.enable': { exampleauth: true, core: true, saml: true },
    'session.cookie.secure': false,
    'session.cookie.samesite': null,
    'language.cookie.secure': false,
    'language.cookie.samesite': null,
    'language.available': ['en'],
    'session.phpsession.savepath': at('sess'),
    'session.cookie.name': 'IdpSession',
    'session.phpsession.cookiename': 'IdpPhp',
    'session.authtoken.cookiename': 'IdpToken',
    'store.type': 'phpsession',
    'logging.handler': 'file',
    'logging.logfile': 'idp.log',
    'logging.level': 7,
    'metadata.sources': [{ type: 'flatfile' }, { type: 'xml', file: join(folder, 'metadata', 'sp.xml') }],
  }
}

async function untilItAnswers(address: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (server.exitCode !== null) throw new Error('SimpleSAMLphp stopped before it was ready')
    const answered = await fetch(address).then(
      ({ ok }) => ok,
      () => false,
    )
    if (answered) return
    await new Promise((later) => setTimeout(later, 50))
  }
  server.kill('SIGKILL')
  throw new Error('SimpleSAMLphp did not become ready')
}
