import { plural, type Texts } from '../../../../base/language.ts'

const sv = {
  help: 'Hjälp från ditt universitet',
  prove: 'Logga in igen',
  mfa: 'Logga in i två steg',
  withheld: 'Du är inloggad som låntagare. Dina roller i arbetet gäller när du har loggat in i två steg.',
  choose: {
    title: 'Var hör du hemma?',
    lead: 'Välj ditt universitet. Du loggar in där och kommer tillbaka hit.',
    search: 'Sök universitet',
    find: 'Sök',
    none: 'Inget universitet heter så. Visa alla i stället, eller fråga biblioteket.',
    all: 'Visa alla',
    found: ({ count }: { count: number }) =>
      plural('sv', count, { one: `${count} universitet`, other: `${count} universitet` }),
    byCard: 'Jag har bara ett lånekort',
  },
  card: {
    title: 'Logga in med lånekort',
    lead: 'För dig som inte har någon inloggning vid universitetet.',
    number: 'Lånekortets nummer',
    password: 'Lösenord',
    passwordHint: 'Samma som på Mina sidor i bibliotekets katalog.',
    signIn: 'Logga in',
    other: 'Logga in via universitetet i stället',
    missing: 'Skriv både kortets nummer och lösenordet.',
    wrong: 'Numret och lösenordet hör inte ihop. Försök igen, eller fråga biblioteket.',
    wait: ({ count }: { count: number }) =>
      plural('sv', count, {
        one: 'För många försök. Vänta en minut och försök sedan igen.',
        other: `För många försök. Vänta ${count} minuter och försök sedan igen.`,
      }),
  },
}

const en: typeof sv = {
  help: 'Help from your university',
  prove: 'Sign in again',
  mfa: 'Sign in with two steps',
  withheld:
    'You are signed in as a borrower. Your roles at work count once you have signed in with two steps.',
  choose: {
    title: 'Where do you belong?',
    lead: 'Choose your university. You sign in there and come back here.',
    search: 'Search for a university',
    find: 'Search',
    none: 'No university has that name. Show all instead, or ask the library.',
    all: 'Show all',
    found: ({ count }) => plural('en', count, { one: `${count} university`, other: `${count} universities` }),
    byCard: 'I only have a library card',
  },
  card: {
    title: 'Sign in by library card',
    lead: 'For those who have no sign-in at the university.',
    number: 'The number of your library card',
    password: 'Password',
    passwordHint: 'The same as in My account of the library’s catalogue.',
    signIn: 'Sign in',
    other: 'Sign in at the university instead',
    missing: 'Write both the number of the card and the password.',
    wrong: 'The number and the password do not belong together. Try again, or ask the library.',
    wait: ({ count }) =>
      plural('en', count, {
        one: 'Too many tries. Wait one minute and then try again.',
        other: `Too many tries. Wait ${count} minutes and then try again.`,
      }),
  },
}

export const signIn: Texts<typeof sv> = { sv, en }
