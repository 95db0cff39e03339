import type { Texts } from '../../base/language.ts'

/** One text for each page of web/problem.ts: what it is, and what to do now. */
const sv = {
  'bad-request': {
    title: 'Adressen eller formuläret går inte att läsa',
    text: 'Inget har ändrats och inga pengar har dragits. Gå tillbaka och försök igen.',
  },
  'not-signed-in': {
    title: 'Du är inte inloggad längre',
    text: 'Inget har ändrats och inga pengar har dragits. Logga in och försök igen.',
  },
  forbidden: {
    title: 'Du har inte behörighet till den här sidan',
    text: 'Behöver du den i ditt arbete, be den som sköter tjänsten om rätt roll.',
  },
  'form-expired': {
    title: 'Formuläret är för gammalt',
    text: 'Inget har ändrats och inga pengar har dragits. Gå till dina avgifter och börja om.',
  },
  'sign-in-refused': {
    title: 'Inloggningen gick inte igenom',
    text: 'Försök en gång till. Hjälper det inte, kontakta biblioteket.',
  },
  'prove-again': {
    title: 'Visa att det är du',
    text: 'Det här får bara göras en kort stund efter inloggningen. Logga in igen, och gör sedan om det sista steget. Inget har ändrats.',
  },
  'mfa-needed': {
    title: 'Logga in i två steg',
    text: 'Du har en roll här i ditt arbete, men den gäller bara när du har loggat in med mer än lösenordet. Logga in igen, så frågar universitetet efter ditt andra steg (en app, en kod eller en nyckel).',
  },
  'mfa-missing': {
    title: 'Inloggningen hade bara ett steg',
    text: 'Vi bad om inloggning i två steg, men universitetet har inte bekräftat att den var det. Försök igen och använd ditt andra steg. Hjälper det inte, fråga universitetets it-support.',
  },
  'mfa-refused': {
    title: 'Universitetet kunde inte logga in dig i två steg',
    text: 'Ofta beror det på att du inte har något andra steg än (en app, en kod eller en nyckel). Universitetets it-support hjälper dig att skaffa ett. Det du gör som låntagare går bra utan.',
  },
  'no-patron': {
    title: 'Vi hittar inget bibliotekskonto',
    text: 'Du är inloggad, men det finns inget bibliotekskonto som hör till inloggningen. Har du flera inloggningar, logga ut och prova en annan. Annars hjälper biblioteket dig.',
  },
  'several-patrons': {
    title: 'Du har flera bibliotekskonton',
    text: ({ count }: { count: number }) =>
      `Vi hittar ${count} konton till din inloggning och vill inte gissa vilket som är rätt. Biblioteket kan slå ihop dem. Inga pengar har dragits.`,
  },
  'not-found': {
    title: 'Sidan finns inte',
    text: 'Kontrollera adressen, eller börja om från dina avgifter.',
  },
  'too-large': {
    title: 'Det du skickade är för stort',
    text: 'Inget har ändrats och inga pengar har dragits. Gå tillbaka och försök igen.',
  },
  'too-many': {
    title: 'För många försök',
    text: 'Inga pengar har dragits av det här försöket. Vänta en minut och försök sedan igen.',
  },
  broken: {
    title: 'Det är ett problem med tjänsten',
    text: 'Vi vet inte om det du gjorde hann bli klart. Höll du på att betala, titta först under Mina betalningar: betala inte igen innan du har gjort det.',
  },
  'koha-silent': {
    title: 'Vi kan inte visa dina avgifter just nu',
    text: 'Bibliotekets system svarar inte. Inga pengar har dragits och dina avgifter är kvar. Försök igen om en stund.',
  },
  'sign-in-silent': {
    title: 'Det går inte att logga in just nu',
    text: 'Universitetets inloggning svarar inte. Inga pengar har dragits och dina avgifter är kvar. Försök igen om en stund.',
  },
}

const en: typeof sv = {
  'bad-request': {
    title: 'The address or the form cannot be read',
    text: 'Nothing has changed and no money has been taken. Go back and try again.',
  },
  'not-signed-in': {
    title: 'You are no longer signed in',
    text: 'Nothing has changed and no money has been taken. Sign in and try again.',
  },
  forbidden: {
    title: 'You may not see this page',
    text: 'If you need it in your work, ask those who run the service for the right role.',
  },
  'form-expired': {
    title: 'The form is too old',
    text: 'Nothing has changed and no money has been taken. Go to your fees and start again.',
  },
  'sign-in-refused': {
    title: 'You could not be signed in',
    text: 'Try once more. If that does not help, contact the library.',
  },
  'prove-again': {
    title: 'Show that it is you',
    text: 'This may only be done a short while after signing in. Sign in again, and then repeat the last step. Nothing has changed.',
  },
  'mfa-needed': {
    title: 'Sign in with two steps',
    text: 'You have a role here in your work, but it only counts when you have signed in with more than a password. Sign in again, and your university will ask for your second step (an app, a code or a key).',
  },
  'mfa-missing': {
    title: 'You signed in with one step only',
    text: 'We asked for a sign-in with two steps, but your university has not confirmed that it was one. Try again and use your second step. If that does not help, ask your university’s IT support.',
  },
  'mfa-refused': {
    title: 'Your university could not sign you in with two steps',
    text: 'Often the reason is that you have no second step yet (an app, a code or a key). Your university’s IT support helps you to get one. What you do as a borrower works without.',
  },
  'no-patron': {
    title: 'We cannot find your library account',
    text: 'You are signed in, but no library account belongs to this sign-in. If you have several sign-ins, sign out and try another. Otherwise the library will help you.',
  },
  'several-patrons': {
    title: 'You have several library accounts',
    text: ({ count }) =>
      `We find ${count} accounts for your sign-in and do not want to guess which is the right one. The library can merge them. No money has been taken.`,
  },
  'not-found': {
    title: 'There is no such page',
    text: 'Check the address, or start again from your fees.',
  },
  'too-large': {
    title: 'What you sent is too large',
    text: 'Nothing has changed and no money has been taken. Go back and try again.',
  },
  'too-many': {
    title: 'Too many tries',
    text: 'This try has taken no money. Wait a minute and then try again.',
  },
  broken: {
    title: 'There is a problem with the service',
    text: 'We do not know whether what you did was finished. If you were paying, look under My payments first: do not pay again before you have.',
  },
  'koha-silent': {
    title: 'We cannot show your fees right now',
    text: 'The library’s system does not answer. No money has been taken, and your fees remain. Try again in a while.',
  },
  'sign-in-silent': {
    title: 'Nobody can sign in right now',
    text: 'The university’s sign-in does not answer. No money has been taken, and your fees remain. Try again in a while.',
  },
}

export const problems: Texts<typeof sv> = { sv, en }
