import { libraries } from './koha/cast-libraries.ts'

/** Where the neighbours are, and what opens them. */
export interface Neighbours {
  baseUrl: string
  port: number
  databaseFolder?: string
  databaseUrl?: string
  koha: { apiUrl: string; clientId: string; clientSecret: string; opac: string }
  cards: {
    url: string
    netsSecretKey: string
    netsWebhookSecret: string
    stripeSecretKey: string
    stripeWebhookSecret: string
  }
  idp: { entityId: string; signOnUrl: string; certificate: string }
  smtp: { host: string; port: number }
}

/** The library's accounts: what borrowers pay for, and where it is booked. */
const accounts: Record<string, string> = {
  OVERDUE: '31900',
  LOST: '31910',
  PROCESSING: '31920',
  MANUAL: '31930',
  NEW_CARD: '31930',
  RENT: '31930',
  RESERVE_EXPIRED: '31930',
}

const costCentres: Record<string, string> = {
  HUM: '600110',
  EKO: '600120',
  BIO: '600130',
  PED: '600140',
  KON: '600150',
}

/** The demo university's kvitt.yaml: ordinary settings, with this machine's addresses in them. */
export function demoSettings({
  baseUrl,
  port,
  databaseFolder,
  databaseUrl,
  koha,
  cards,
  idp,
  smtp,
}: Neighbours) {
  return {
    service: {
      baseUrl,
      port,
      sessionSecrets: ['a-demo-secret-that-signs-nothing-of-value'],
      notice: {
        sv: 'Demo: inga riktiga pengar, påhittade personer',
        en: 'Demo: no real money, invented people',
      },
    },
    library: {
      name: { sv: 'Demouniversitetets bibliotek', en: 'Demo University Library' },
      university: { sv: 'Demouniversitetet', en: 'Demo University' },
      organisationNumber: '202199-0011',
      email: 'biblioteket@demo.kvitt.example',
      phone: '031-123 45 67',
      address: 'Biblioteksgatan 1, 411 00 Göteborg',
      website: 'https://demo.kvitt.example/avgifter',
      opac: koha.opac,
      theme: 'demo',
    },
    database: databaseUrl === undefined ? { folder: databaseFolder } : { url: databaseUrl },
    koha: {
      url: koha.apiUrl,
      auth: { kind: 'oauth', clientId: koha.clientId, clientSecret: koha.clientSecret },
      paymentType: 'KVITT',
      defaultLibrary: 'HUM',
      // Short, so that a person who breaks the sandbox's Koha sees it mended while they watch.
      readSeconds: 5,
      writeSeconds: 5,
      longestRequestSeconds: 10,
    },
    people: {
      match: [
        { by: 'userid', from: EPPN, withoutScope: true },
        { by: 'attribute', type: 'EPPN', from: EPPN },
        { by: 'email', from: MAIL },
      ],
      staff: [
        { id: 'dana@demo.kvitt.example', roles: ['desk'] },
        { id: 'dag@demo.kvitt.example', roles: ['desk'], libraries: ['BIO'] },
        { id: 'eva@demo.kvitt.example', roles: ['economy'] },
        { id: 'erik@demo.kvitt.example', roles: ['economy', 'approver'] },
        { id: 'didrik@demo.kvitt.example', roles: ['operator'] },
        { id: 'mats@demo.kvitt.example', roles: ['operator'] },
        { id: 'rut@demo.kvitt.example', roles: ['auditor'] },
      ],
      mfa: { enabled: true, roles: ['approver', 'operator', 'auditor'] },
    },
    saml: {
      entityId: `${baseUrl}/saml/metadata`,
      idp: { entityId: idp.entityId, signOnUrl: idp.signOnUrl, certificates: [idp.certificate] },
      scopes: ['demo.kvitt.example'],
    },
    debts: {
      minimum: '10',
      notPayableTypes: ['L_INKASSO'],
      names: { L_INKASSO: { sv: 'Avgift hos inkasso', en: 'Fee in debt collection' } },
    },
    payments: { provider: 'nets-easy', checkoutMinutes: 30, referencePrefix: 'DEMO' },
    providers: {
      'nets-easy': {
        apiUrl: cards.url,
        checkoutOrigins: [cards.url],
        secretKey: cards.netsSecretKey,
        webhookSecret: cards.netsWebhookSecret,
      },
      stripe: {
        apiUrl: cards.url,
        checkoutOrigins: [cards.url],
        secretKey: cards.stripeSecretKey,
        webhookSecrets: [cards.stripeWebhookSecret],
      },
    },
    mail: { ...smtp, tls: 'none', from: 'Demouniversitetets bibliotek <kvitto@demo.kvitt.example>' },
    economy: {
      series: 'KVITT',
      accounts: { cardReceivable: '15810', surplus: '24990', disputed: '15890' },
      accountNames: {
        '15810': 'Fordran kortinlösen',
        '15890': 'Bestridda kortbetalningar',
        '24990': 'Skuld till låntagare',
        '31900': 'Förseningsavgifter bibliotek',
        '31910': 'Ersättning för förkomna böcker',
        '31920': 'Arbetskostnad förkomna böcker',
        '31930': 'Övriga biblioteksavgifter',
      },
      codeString: {
        costCentre: { name: 'Kostnadsställe', sieDimension: 1, pattern: '\\d{6}', mandatory: true },
        activity: { name: 'Verksamhet', sieDimension: 20, pattern: '\\d{2}', mandatory: true },
        project: { name: 'Projekt', sieDimension: 6, pattern: 'B\\d{5}' },
      },
      codingFile: 'coding.yaml',
    },
  }
}

const EPPN = 'urn:oid:1.3.6.1.4.1.5923.1.1.1.6'
const MAIL = 'urn:oid:0.9.2342.19200300.100.1.3'

/** The demo university's coding.yaml: accounts follow what is paid, cost centres the library that earned it. */
export function demoCoding() {
  const from = '2026-01-01'
  return {
    rules: [
      { from, activity: '70', vat: 'O', note: 'Alla biblioteksavgifter / all library fees' },
      ...Object.entries(accounts).map(([debtType, account]) => ({ debtType, from, account })),
      ...libraries.map(({ id, name }) => ({ library: id, from, costCentre: costCentres[id], note: name })),
      { itemType: 'KORT', from, project: 'B26001', note: 'Korttidslån / short loans' },
    ],
  }
}
