import type { Texts } from '../../../../base/language.ts'

const sv = {
  waiting: {
    title: 'Betalningen behandlas',
    text: 'Det tar oftast några sekunder. Sidan uppdateras av sig själv.',
    closeMail: 'Du kan stänga sidan. Kvittot kommer med e-post.',
    close: 'Du kan stänga sidan. Kvittot finns sedan under Mina betalningar.',
    long: 'Det tar längre tid än vanligt. Betala inte igen.',
    longText: 'Vi fortsätter att fråga betalbolaget tills vi vet.',
    refresh: 'Uppdatera sidan',
    ifNotPaid: 'Blev du avbruten innan du hann betala?',
  },
  open: {
    title: 'Betalningen är inte klar',
    text: ({ moment }: { moment: string }) =>
      `Du påbörjade den ${moment}. Så vitt vi vet är den inte betald, och dina avgifter är kvar.`,
    until: ({ moment }: { moment: string }) => `Den kan betalas till ${moment}.`,
    starting: 'Betalbolaget har inte svarat än. Vänta några sekunder och uppdatera sidan.',
    continue: 'Fortsätt till betalningen',
    cancel: 'Avbryt betalningen',
    notCancelled:
      'Vi kunde inte avbryta betalningen nu, för betalbolaget svarar inte. Försök igen om en stund.',
  },
  ended: {
    declined: {
      title: 'Betalningen nekades',
      why: 'Banken eller kortutgivaren sade nej. Prova ett annat kort, eller fråga din bank.',
    },
    cancelled: { title: 'Betalningen avbröts', why: 'Du kan betala senare, eller i lånedisken.' },
    expired: { title: 'Tiden gick ut', why: 'Betalningen blev inte klar i tid. Du kan börja om.' },
    failed: {
      title: 'Betalningen kunde inte startas',
      why: 'Betalbolaget svarade inte. Försök igen om en stund, eller betala i lånedisken.',
    },
    noMoney: 'Inga pengar har dragits.',
    feesRemain: 'Dina avgifter är kvar.',
    again: 'Försök igen',
    back: 'Till dina avgifter',
  },
  parked: {
    title: 'Vi kontrollerar din betalning',
    text: 'Det som betalbolaget säger stämmer inte med det vi väntade oss. Därför tittar en person på biblioteket på den.',
    money: 'Pengar kan ha dragits. Betala inte igen.',
    next: 'Du behöver inte göra något. Är pengarna dragna får du ett kvitto eller pengarna tillbaka.',
  },
  amount: 'Belopp',
  started: 'Påbörjad',
  ifQuestions: 'Frågor? Uppge referensen när du kontaktar biblioteket:',
}

const en: typeof sv = {
  waiting: {
    title: 'The payment is being processed',
    text: 'It usually takes a few seconds. The page updates by itself.',
    closeMail: 'You can close this page. The receipt comes by e-mail.',
    close: 'You can close this page. You will find the receipt under My payments.',
    long: 'It is taking longer than usual. Do not pay again.',
    longText: 'We keep asking the payment company until we know.',
    refresh: 'Update the page',
    ifNotPaid: 'Were you interrupted before you could pay?',
  },
  open: {
    title: 'The payment is not finished',
    text: ({ moment }) =>
      `You started it on ${moment}. As far as we know it has not been paid, and your fees remain.`,
    until: ({ moment }) => `It can be paid until ${moment}.`,
    starting: 'The payment company has not answered yet. Wait a few seconds and update the page.',
    continue: 'Continue to the payment',
    cancel: 'Cancel the payment',
    notCancelled:
      'We could not cancel the payment now, because the payment company does not answer. Try again in a while.',
  },
  ended: {
    declined: {
      title: 'The payment was declined',
      why: 'The bank or the card issuer said no. Try another card, or ask your bank.',
    },
    cancelled: { title: 'The payment was cancelled', why: 'You can pay later, or at the desk.' },
    expired: { title: 'Time ran out', why: 'The payment was not finished in time. You can start again.' },
    failed: {
      title: 'The payment could not be started',
      why: 'The payment company did not answer. Try again in a while, or pay at the desk.',
    },
    noMoney: 'No money has been taken.',
    feesRemain: 'Your fees remain.',
    again: 'Try again',
    back: 'To your fees',
  },
  parked: {
    title: 'We are checking your payment',
    text: 'What the payment company says does not agree with what we expected. A person at the library is looking at it.',
    money: 'Money may have been taken. Do not pay again.',
    next: 'You do not need to do anything. If the money was taken you will get a receipt, or the money back.',
  },
  amount: 'Amount',
  started: 'Started',
  ifQuestions: 'Questions? Give the reference when you contact the library:',
}

export const payment: Texts<typeof sv> = { sv, en }
