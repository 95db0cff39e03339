import type { Texts } from '../../base/language.ts'

const sv = {
  skip: 'Hoppa till innehållet',
  product: 'Biblioteksavgifter',
  error: 'Fel',
  signIn: 'Logga in',
  signOut: 'Logga ut',
  signedInAs: ({ name }: { name: string }) => `Inloggad som ${name}`,
  mainMenu: 'Huvudmeny',
  footer: {
    label: 'Om tjänsten',
    questions: 'Frågor om avgifter?',
    terms: 'Villkor',
    privacy: 'Personuppgifter',
    accessibility: 'Tillgänglighet',
    account: 'Mina sidor',
    rules: 'Så räknas avgifterna',
  },
  contact: {
    write: ({ email }: { email: string }) => `Skriv till ${email}`,
    call: ({ phone }: { phone: string }) => `ring ${phone}`,
    reference: ({ reference }: { reference: string }) => `Uppge referens ${reference}.`,
  },
  actions: {
    again: 'Försök igen',
    fees: 'Till dina avgifter',
    payments: 'Till Mina betalningar',
  },
  reference: 'Referens',
  barcode: ({ barcode }: { barcode: string }) => `Streckkod ${barcode}`,
  problem: 'Det finns något att rätta',
  status: {
    waiting: 'Pågår',
    paid: 'Betald',
    declined: 'Nekad',
    cancelled: 'Avbruten',
    checking: 'Kontrolleras',
  },
}

const en: typeof sv = {
  skip: 'Skip to content',
  product: 'Library fees',
  error: 'Error',
  signIn: 'Sign in',
  signOut: 'Sign out',
  signedInAs: ({ name }) => `Signed in as ${name}`,
  mainMenu: 'Main menu',
  footer: {
    label: 'About the service',
    questions: 'Questions about fees?',
    terms: 'Terms',
    privacy: 'Personal data',
    accessibility: 'Accessibility',
    account: 'My account',
    rules: 'How fees are counted',
  },
  contact: {
    write: ({ email }) => `Write to ${email}`,
    call: ({ phone }) => `call ${phone}`,
    reference: ({ reference }) => `Give the reference ${reference}.`,
  },
  actions: {
    again: 'Try again',
    fees: 'To your fees',
    payments: 'To my payments',
  },
  reference: 'Reference',
  barcode: ({ barcode }) => `Barcode ${barcode}`,
  problem: 'There is a problem',
  status: {
    waiting: 'In progress',
    paid: 'Paid',
    declined: 'Declined',
    cancelled: 'Cancelled',
    checking: 'Being checked',
  },
}

export const common: Texts<typeof sv> = { sv, en }
