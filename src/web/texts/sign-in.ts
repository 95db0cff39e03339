const sv = {
  help: 'Hjälp från ditt universitet',
  prove: 'Logga in igen',
  choose: {
    title: 'Var hör du hemma?',
    lead: 'Välj ditt universitet. Du loggar in där och kommer tillbaka hit.',
    search: 'Sök universitet',
    find: 'Sök',
    none: 'Inget universitet heter så. Visa alla i stället, eller fråga biblioteket.',
    all: 'Visa alla',
    found_one: '{{count}} universitet',
    found_other: '{{count}} universitet',
    byCard: 'Jag har bara ett lånekort',
  },
}

const en: typeof sv = {
  help: 'Help from your university',
  prove: 'Sign in again',
  choose: {
    title: 'Where do you belong?',
    lead: 'Choose your university. You sign in there and come back here.',
    search: 'Search for a university',
    find: 'Search',
    none: 'No university has that name. Show all instead, or ask the library.',
    all: 'Show all',
    found_one: '{{count}} university',
    found_other: '{{count}} universities',
    byCard: 'I only have a library card',
  },
}

export const signIn = { sv, en }
