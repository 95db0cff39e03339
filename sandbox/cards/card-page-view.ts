import { strongCode, testCards } from './card.ts'
import { page } from './frame.ts'
import { type Html, html, kronor, webLink } from './html.ts'
import type { CardPayment } from './payment.ts'

/** The pages that a borrower sees at the card company, in Swedish and English, without any script. */

export type Problem = 'declined' | 'number' | 'expiry' | 'cvc' | 'code' | 'broken'

const texts = {
  sv: {
    pay: 'Betala',
    reference: 'Referens',
    number: 'Kortnummer',
    expiry: 'Giltigt till (MM/ÅÅ)',
    cvc: 'Säkerhetskod (CVC)',
    vanish: 'Betala, men kom aldrig tillbaka',
    swish: 'Betala med Swish',
    cancel: 'Avbryt',
    cards: 'Testkort: numret avgör vad som händer',
    total: 'Summa',
    rows: 'Att betala',
    codeTitle: 'Din bank frågar',
    codeText: `Skriv koden ${strongCode} för att godkänna köpet. Varje annan kod nekas.`,
    code: 'Kod',
    confirm: 'Godkänn',
    closedTitle: 'Den här betalningen är stängd',
    closedText: 'Den är redan betald, avbruten eller har gått ut. Inget kan betalas här.',
    back: 'Tillbaka',
    goneTitle: 'Betalt',
    goneText: 'Betalningen är gjord, och ingen skickas tillbaka: så här ser det ut när någon stänger fliken.',
    problem: {
      declined: 'Kortet nekades. Inga pengar är dragna. Försök igen eller välj ett annat kort.',
      number: 'Kortnumret stämmer inte.',
      expiry: 'Datumet ska vara MM/ÅÅ och ligga framåt i tiden.',
      cvc: 'Säkerhetskoden har tre eller fyra siffror.',
      code: 'Koden var fel. Kortet nekades. Inga pengar är dragna.',
      broken: 'Något gick sönder hos betalningsföretaget. Inga pengar är dragna.',
    },
  },
  en: {
    pay: 'Pay',
    reference: 'Reference',
    number: 'Card number',
    expiry: 'Valid until (MM/YY)',
    cvc: 'Security code (CVC)',
    vanish: 'Pay, but never come back',
    swish: 'Pay with Swish',
    cancel: 'Cancel',
    cards: 'Test cards: the number decides what happens',
    total: 'Total',
    rows: 'To pay',
    codeTitle: 'Your bank asks',
    codeText: `Type the code ${strongCode} to approve the purchase. Any other code is declined.`,
    code: 'Code',
    confirm: 'Approve',
    closedTitle: 'This payment is closed',
    closedText: 'It is already paid, cancelled or expired. Nothing can be paid here.',
    back: 'Back',
    goneTitle: 'Paid',
    goneText: 'The payment is made, and nobody is sent back: this is what a closed tab looks like.',
    problem: {
      declined: 'The card was declined. No money has been taken. Try again or use another card.',
      number: 'The card number is not right.',
      expiry: 'The date must be MM/YY and lie ahead.',
      cvc: 'The security code has three or four digits.',
      code: 'The code was wrong. The card was declined. No money has been taken.',
      broken: 'Something broke at the payment company. No money has been taken.',
    },
  },
} as const

const companies = { 'nets-easy': 'Nexi Checkout', stripe: 'Stripe Checkout' } as const

/** The form with the order and the card. `now` only suggests an expiry date. */
export function payPage(
  payment: CardPayment,
  { problem, now }: { problem?: Problem | undefined; now: Date },
): string {
  const say = texts[payment.language]
  const nextYear = String(now.getUTCFullYear() + 2).slice(2)
  return inFrame(
    payment,
    say.pay,
    html`
${problem && problemText(payment, problem)}
<h2>${say.rows}</h2>
${orderTable(payment)}
<form method="post" action="/checkout/${payment.id}">
<label for="number">${say.number}</label>
<input id="number" name="number" inputmode="numeric" autocomplete="off" list="cards" value="4242 4242 4242 4242">
<datalist id="cards">${testCards.map(({ number }) => html`<option value="${grouped(number)}">`)}</datalist>
<div class="pair">
<div><label for="expiry">${say.expiry}</label><input id="expiry" name="expiry" autocomplete="off" value="12/${nextYear}"></div>
<div><label for="cvc">${say.cvc}</label><input id="cvc" name="cvc" inputmode="numeric" autocomplete="off" value="123"></div>
</div>
<button class="main" name="do" value="pay">${say.pay} ${kronor(payment.amount, payment.currency, payment.language)}</button>
<button name="do" value="swish">${say.swish}</button>
<button name="do" value="vanish">${say.vanish}</button>
<button name="do" value="cancel">${say.cancel}</button>
</form>
<h2>${say.cards}</h2>
<table>${testCards.map((card) => html`<tr><td>${grouped(card.number)}</td><td>${card[payment.language]}</td></tr>`)}</table>`,
  )
}

/** The bank's question: 3-D Secure in one field. */
export function codePage(payment: CardPayment, { vanish }: { vanish: boolean }): string {
  const say = texts[payment.language]
  return inFrame(
    payment,
    say.codeTitle,
    html`
<h2>${say.codeTitle}</h2>
<p>${say.codeText}</p>
<form method="post" action="/checkout/${payment.id}">
<label for="code">${say.code}</label>
<input id="code" name="code" inputmode="numeric" autocomplete="off">
<input type="hidden" name="after" value="${vanish ? 'vanish' : 'pay'}">
<button class="main" name="do" value="code">${say.confirm}</button>
<button name="do" value="cancel">${say.cancel}</button>
</form>`,
  )
}

/** For a payment that can no longer be paid. */
export function closedPage(payment: CardPayment): string {
  const say = texts[payment.language]
  return inFrame(
    payment,
    say.closedTitle,
    html`
<h2>${say.closedTitle}</h2>
<p>${say.closedText}</p>
<p><a href="${webLink(payment.cancelUrl)}">${say.back}</a></p>`,
  )
}

/** For a borrower who paid and is not sent back. */
export function gonePage(payment: CardPayment): string {
  const say = texts[payment.language]
  return inFrame(payment, say.goneTitle, html`<h2>${say.goneTitle}</h2><p>${say.goneText}</p>`)
}

function inFrame(payment: CardPayment, title: string, content: Html): string {
  const say = texts[payment.language]
  const { provider, reference, amount, currency, language } = payment
  return page(
    { language, title: `${title} – ${companies[provider]}` },
    html`
<h1>${companies[provider]}</h1>
<p class="soft">${say.reference} ${reference}</p>
<p class="sum">${kronor(amount, currency, language)}</p>
${content}`,
  )
}

function problemText({ language }: CardPayment, problem: Problem): Html {
  return html`<p class="problem" role="alert">${texts[language].problem[problem]}</p>`
}

function orderTable({ items, amount, currency, language }: CardPayment): Html {
  const row = (name: string, sum: number, look = '') =>
    html`<tr class="${look}"><td>${name}</td><td class="amount">${kronor(sum, currency, language)}</td></tr>`
  return html`<table>${items.map(({ name, grossTotalAmount }) => row(name, grossTotalAmount))}
${row(texts[language].total, amount, 'total')}</table>`
}

function grouped(number: string): string {
  return number.replace(/(\d{4})(?=\d)/g, '$1 ')
}
