import type { Strategy } from 'passport'
import type { Ore } from '../money.ts'

/**
 * The outside world as Kvitt sees it: what a flow may ask of Koha, a payment provider and the post office.
 * Adapters below `outside/` speak the neighbours' own languages and answer in these words.
 * Expected failures are values here; only our own mistakes throw.
 */

/** Why a neighbour gave no usable answer. `message` is for staff and logs; it never holds personal data or secrets. */
export interface Trouble {
  kind: 'unreachable' | 'timeout' | 'refused' | 'forbidden' | 'broken' | 'nonsense'
  message: string
}

export interface BothLanguages {
  sv: string
  en: string
}

export type Answer<T> = { ok: true; value: T } | { ok: false; trouble: Trouble }

/** A neighbour that can be tried by `kvitt check` and the operations page. */
export interface Reachable {
  /** One harmless call; says in words what was seen. */
  tryOut(): Promise<Answer<string>>
}

// ---------------------------------------------------------------- Koha

/** Koha's borrower record, as much of it as Kvitt needs. */
export interface Patron {
  id: number
  cardNumber: string | null
  userId: string | null
  firstName: string | null
  surname: string | null
  email: string | null
  /** Koha's language code of the patron, `default` when not chosen. */
  language: string | null
  libraryId: string
  categoryId: string
  /** True when Koha holds any restriction (debarment) on the patron. */
  restricted: boolean
  /** ISO date (no time), null when the account never expires. */
  expiresOn: string | null
}

export type PatronKey =
  | { by: 'userid' | 'cardnumber' | 'email'; value: string }
  | { by: 'attribute'; type: string; value: string }

/** One of Koha's account lines that is owed. Amounts are positive öre. */
export interface Debit {
  id: number
  type: string
  status: string | null
  amount: Ore
  outstanding: Ore
  description: string | null
  /** ISO date-time with zone, as Koha sent it. */
  date: string | null
  itemId: number | null
  libraryId: string | null
}

/** One of Koha's account lines in the patron's favour. Amounts are positive öre; `unused` is what no debit has consumed. */
export interface Credit {
  id: number
  type: string | null
  amount: Ore
  unused: Ore
  description: string | null
  note: string | null
  date: string | null
}

export interface Account {
  debits: Debit[]
  /** What the patron has in unused credit, positive öre. */
  unusedCredit: Ore
}

export interface Item {
  id: number
  barcode: string | null
  title: string | null
  author: string | null
  itemType: string | null
  homeLibraryId: string | null
}

export interface Library {
  id: string
  name: string
}

export interface NewCredit {
  patronId: number
  amount: Ore
  /** Koha's account_lines_ids. Never empty: an empty list would pay everything. */
  debitIds: number[]
  libraryId: string
  paymentType: string
  /** Our reference; goes first in Koha's description and in its note. */
  reference: string
  note: string
}

/**
 * What became of a POST of a credit. Koha has no idempotency key and may answer 500 after it has booked
 * (Koha/REST/V1/Patrons/Account.pm): everything but a clear answer is `unknown`.
 */
export type CreditOutcome =
  | { kind: 'booked'; credit: Credit }
  | { kind: 'not-sent'; trouble: Trouble }
  | { kind: 'refused'; trouble: Trouble }
  | { kind: 'unknown'; trouble: Trouble }

/** What a patron is to owe (again). `note` goes into Koha's internal note, which staff see. */
export interface NewDebit {
  patronId: number
  amount: Ore
  /** Koha's debit type; it must exist there. */
  type: string
  libraryId: string
  itemId: number | null
  /** Our reference; goes first in Koha's description and in its note. */
  reference: string
  note: string
}

/** An account line that was charged, as Koha's list of debits tells it. */
export interface ChargedDebit {
  id: number
  amount: Ore
  description: string | null
  note: string | null
}

/** What became of a POST of a debit; see CreditOutcome. */
export type DebitOutcome =
  | { kind: 'booked'; debit: ChargedDebit }
  | { kind: 'not-sent'; trouble: Trouble }
  | { kind: 'refused'; trouble: Trouble }
  | { kind: 'unknown'; trouble: Trouble }

export interface Koha extends Reachable {
  /** All patrons that Koha finds for the key, by exact match. The caller compares again. */
  findPatrons(key: PatronKey): Promise<Answer<Patron[]>>
  /** Undefined when there is no such patron. */
  patron(id: number): Promise<Answer<Patron | undefined>>
  /** Koha's number of the patron whose card and password these are; undefined when they are not. */
  validatePassword(cardNumber: string, password: string): Promise<Answer<number | undefined>>
  account(patronId: number): Promise<Answer<Account>>
  /** Items with title and barcode; those that Koha has deleted are missing from the answer. */
  items(ids: number[]): Promise<Answer<Item[]>>
  libraries(): Promise<Answer<Library[]>>
  /** The patron's credits whose description or note holds the reference. */
  creditsWithReference(patronId: number, reference: string): Promise<Answer<Credit[]>>
  postCredit(credit: NewCredit): Promise<CreditOutcome>
  /** The patron's debits, paid or not, whose description or note holds the reference. */
  debitsWithReference(patronId: number, reference: string): Promise<Answer<ChargedDebit[]>>
  postDebit(debit: NewDebit): Promise<DebitOutcome>
}

// ---------------------------------------------------------------- payment providers

/** One row of what is paid, as the provider may see it: a fee type and an opaque reference, never a title or a name. */
export interface OrderLine {
  reference: string
  name: string
  amount: Ore
}

export interface Order {
  /** Our payment's reference, the provider's order reference. */
  reference: string
  lines: OrderLine[]
  total: Ore
  currency: 'SEK'
  language: 'sv' | 'en'
  /** Where the browser goes after paying and after giving up. */
  returnUrl: string
  cancelUrl: string
  termsUrl: string
  webhookUrl: string
  /** True on a shared computer: the provider must not remember the card. */
  publicDevice: boolean
  /** After this the checkout should not be payable. ISO date-time with zone. */
  expiresAt: string
}

export type CheckoutOutcome =
  | { kind: 'created'; checkoutId: string; url: string }
  | { kind: 'refused'; trouble: Trouble }
  | { kind: 'unknown'; trouble: Trouble }

export interface PaidWith {
  /** `card`, `swish`, … lower case. */
  method: string
  /** `Visa`, `Mastercard`, … or null. */
  brand: string | null
  lastDigits: string | null
}

/** Money given back, or on its way back, as the provider tells of it. */
export interface RefundFact {
  id: string
  amount: Ore
  state: 'pending' | 'done' | 'failed'
  /** The reference of ours that it carries, where the provider tells it (Stripe does, Nets Easy does not). */
  reference: string | null
}

/** What the provider says is true of a checkout, in sums and not in statuses of its own. */
export type CheckoutFact =
  /** All money is taken. `charged` is compared with ours before anything is believed. */
  | {
      kind: 'paid'
      charged: Ore
      refunded: Ore
      /** Every refund of it, whoever asked for it, failed ones too. */
      refunds: RefundFact[]
      /** What payers' banks have taken back in disputes (chargebacks) and not returned. */
      disputed: Ore
      currency: string
      chargeId: string
      paidAt: string | null
      with: PaidWith
    }
  /** Money is held and not taken. */
  | { kind: 'reserved'; reserved: Ore; currency: string }
  /** Can still be paid. */
  | { kind: 'open'; lastTry: 'declined' | null }
  /** Can never be paid any more. */
  | { kind: 'ended'; how: 'declined' | 'cancelled' | 'expired' }
  /** The provider knows no such checkout. */
  | { kind: 'absent' }
  /** No answer, or one that we do not understand. Neither paid nor failed. */
  | { kind: 'unknown'; trouble: Trouble }

export type CancelOutcome =
  | { kind: 'cancelled' }
  | { kind: 'too-late' }
  | { kind: 'unknown'; trouble: Trouble }

export type ChargeOutcome =
  | { kind: 'charged' }
  | { kind: 'declined'; trouble: Trouble }
  | { kind: 'unknown'; trouble: Trouble }

/** Money to be given back to the card it came from. `reference` makes a repeat harmless. */
export interface RefundOrder {
  checkoutId: string
  chargeId: string
  amount: Ore
  reference: string
}

/** `accepted` is not yet given back: a look tells. After `refused` it is certain that nothing will be. */
export type RefundOutcome =
  | { kind: 'accepted'; refundId: string }
  | { kind: 'refused'; trouble: Trouble }
  | { kind: 'unknown'; trouble: Trouble }

/** A webhook as it came: what a provider's reader may look at. Header names are lower case. */
export interface RawWebhook {
  body: Buffer
  headers: Record<string, string | string[] | undefined>
}

/**
 * `refused` means that the sender is not proved; `unreadable` that it is, but the body is no event we can file.
 * `checkoutId` is the checkout that the event is about, or the charge that was made in it, whichever it names.
 */
export type WebhookReading =
  | { kind: 'event'; event: string; eventId: string; checkoutId: string | null }
  | { kind: 'refused'; reason: string }
  | { kind: 'unreadable'; reason: string }

export interface PaymentProvider extends Reachable {
  /** As in the configuration and in the webhook's address: `nets-easy`, `stripe`. */
  name: string
  /** What a person calls it: "Nexi Checkout". */
  title: string
  /** Origins that a browser is sent to from our forms; they go into the CSP's form-action. */
  checkoutOrigins: string[]
  /** How often one checkout may be asked about, so that our look-again plan stays below it. */
  looksPerHour: number
  /** Names of filed events that tell of a refused card. They choose a word on a page and nothing else. */
  declineEvents: string[]
  /** Names of filed events that tell something new of a payment that is paid: refunds and disputes. */
  moneyBackEvents: string[]
  /** Creates a payable page. `unknown` leaves nothing payable that we point at: the caller starts anew. */
  createCheckout(order: Order): Promise<CheckoutOutcome>
  look(checkoutId: string): Promise<CheckoutFact>
  /** Makes an unpaid checkout unpayable. */
  cancel(checkoutId: string): Promise<CancelOutcome>
  /** Takes reserved money. `key` makes a repeat harmless. */
  charge(checkoutId: string, amount: Ore, key: string): Promise<ChargeOutcome>
  /** Gives charged money back, all or some of it. */
  refund(order: RefundOrder): Promise<RefundOutcome>
  /** Proves the sender in constant time and reads what is needed to file the event. Synchronous: it stands in the fast door. */
  readWebhook(raw: RawWebhook, now: Date): WebhookReading
}

// ---------------------------------------------------------------- mail

export interface Letter {
  to: string
  subject: string
  text: string
  html: string
  /** Stable per notice: a repeated send carries the same Message-ID. */
  messageId: string
  attachments: { filename: string; contentType: string; content: Buffer }[]
}

export interface Mailer extends Reachable {
  send(letter: Letter): Promise<Answer<{ acceptedAs: string }>>
}

// ---------------------------------------------------------------- sign-in

/** Who signed in, as the identity provider says and we have checked. A person, not yet a patron. */
export interface Identity {
  /** The value of saml.idAttribute: exactly one, in a scope that this identity provider may assert. */
  id: string
  /** For "signed in as"; the id when no name came. */
  name: string
  email: string | null
  /** The attributes that people.match asks for, by name; each with exactly one value. */
  attributes: Record<string, string>
}

/** A sign-in under way: which identity provider was asked, in which request. */
export interface SignInRequest {
  id: string
  idp: string
  /** ISO date-time with zone. */
  startedAt: string
  /** True when the person had to prove anew who they are: an older proof does not count. */
  fresh: boolean
}

/** A response as it came, before any signature is checked: enough to find the request that it claims to answer. */
export type EnvelopeReading = { ok: true; inResponseTo: string } | { ok: false; reason: string }

/** What a proved response says. */
export interface SignOn {
  identity: Identity
  /** When the person proved who they are, by the identity provider's clock; with single sign-on it may be hours ago. ISO date-time with zone. */
  provedAt: string
  assertionId: string
  /** After this the assertion is dead by itself. ISO date-time with zone. */
  assertionExpiresAt: string
  /** The identity provider wants the session ended by then. ISO date-time with zone. */
  sessionEndsAt: string | null
}

export interface IdentityProvider extends Reachable {
  /** Who may be asked, by their names in SAML. With one, nobody has to choose, and it needs no name for people. */
  choices: { entityId: string; name: BothLanguages | null }[]
  /** Where a form of ours may end by redirect; for the CSP's form-action. */
  origins: string[]
  /** Where to send the browser for this request. Asks for metadata when there is need, so it may fail. */
  signInUrl(request: Pick<SignInRequest, 'id' | 'idp' | 'fresh'>): Promise<Answer<string>>
  /** Looks at the response (base64, as posted) without believing it; refuses what no honest response holds. */
  readEnvelope(samlResponse: string): EnvelopeReading
  /**
   * The passport strategy that proves the response to exactly this request: success with a SignOn, failure with
   * `{ message: reason }`. Made anew for every response; never to be mounted on a route that takes GET.
   */
  strategy(request: SignInRequest): Promise<{ ok: true; strategy: Strategy } | { ok: false; reason: string }>
  /** The identity provider's own page for people of whom it told us too little (errorURL); null when it has none. */
  helpUrl(idp: string, now: Date): Promise<string | null>
  /** Our own metadata, XML. */
  metadata(): string
}

// ---------------------------------------------------------------- the economy system

/** One value of a code string: which part (the university's own name for it) and its SIE dimension. */
export interface CodeValue {
  part: string
  sieDimension: number
  value: string
}

export interface VoucherRow {
  account: string
  accountName: string
  /** Öre; debit positive, credit negative. */
  amount: Ore
  /** In the order of the university's code string; empty on balance accounts. */
  code: CodeValue[]
  /** VAT category; null on balance accounts. */
  vat: string | null
  text: string
  /** The payment that the row can be followed to; null on rows that sum up several. */
  reference: string | null
}

/** What one day and kind came to. The rows sum to zero. */
export interface Voucher {
  /** ISO date, local time. */
  date: string
  text: string
  rows: VoucherRow[]
}

/** A batch as it is handed over. The same batch always gives the same bytes. */
export interface BatchToWrite {
  number: number
  series: string
  /** Our program's version, for the file's heading. */
  version: string
  /** ISO date, local time. */
  madeOn: string
  company: { name: string; organisationNumber: string }
  /** All parts of the code string, in order, also those that no row uses. */
  codeParts: Omit<CodeValue, 'value'>[]
  vouchers: Voucher[]
}

/** `unwritable` tells what the format cannot hold, in words for staff. */
export type WrittenBatch =
  | { ok: true; extension: string; content: Buffer }
  | { ok: false; unwritable: string[] }

/** A way of writing batches for an economy system. Pure. */
export interface EconomyFormat {
  /** As in the configuration and in the download's address. */
  name: string
  /** What a person calls it: "SIE 4I". */
  title: string
  contentType: string
  /** Encoding and line ends, for the page that offers the file. */
  encoding: string
  write(batch: BatchToWrite): WrittenBatch
}
