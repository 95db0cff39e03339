import { plural, type Texts } from '../../../../base/language.ts'

const sv = {
  own: {
    title: 'Dina inloggningar',
    lead: 'Här ser du var du är inloggad just nu. Känner du inte igen något, avsluta det och byt lösenord.',
    here: 'Den här',
    since: 'Inloggad',
    used: 'Senast använd',
    how: 'Med',
    card: 'lånekort',
    university: 'universitetets inloggning',
    twoSteps: 'universitetets inloggning i två steg',
    device: ({ browser, system }: { browser: string; system: string }) => `${browser} på ${system}`,
    unknown: 'Okänd webbläsare',
    end: 'Avsluta',
    endOf: ({ device, moment }: { device: string; moment: string }) =>
      `Avsluta ${device}, inloggad ${moment}`,
    others: 'Avsluta alla andra',
    none: 'Du är inte inloggad någon annanstans.',
    ended: 'Avslutat. Den som använder den inloggningen måste logga in på nytt.',
    note: 'En inloggning slutar av sig själv efter en stund utan klick. Vi sparar bara webbläsarens och systemets namn, inte varifrån du loggade in.',
  },
  operations: {
    title: 'Inloggade',
    link: 'Inloggade, och avsluta inloggningar',
    back: 'Till driftläget',
    people: ({ count }: { count: number }) =>
      plural('sv', count, { one: `${count} person är inloggad`, other: `${count} personer är inloggade` }),
    sessions: ({ count }: { count: number }) =>
      plural('sv', count, { one: `med ${count} inloggning.`, other: `med ${count} inloggningar.` }),
    ended: ({ count }: { count: number }) =>
      plural('sv', count, {
        one: `${count} inloggning är avslutad. Det gäller genast, överallt.`,
        other: `${count} inloggningar är avslutade. Det gäller genast, överallt.`,
      }),
    reader: 'Du kan läsa här. Att avsluta inloggningar är driftens sak.',
    find: 'En persons inloggningar',
    who: 'Personens identitet',
    whoHint: 'Som universitetet skriver den (anna@example.se), eller koha: och låntagarnumret (koha:123).',
    search: 'Sök',
    found: ({ count, who }: { count: number; who: string }) =>
      plural('sv', count, {
        one: `${count} inloggning för ${who}`,
        other: `${count} inloggningar för ${who}`,
      }),
    nobody: ({ who }: { who: string }) =>
      `Ingen är inloggad som ${who}. Skriv hela identiteten, tecken för tecken.`,
    reason: 'Varför?',
    reasonHint: 'Står kvar i granskningsloggen. Skriv inga namn och inga personnummer.',
    end: ({ count }: { count: number }) =>
      plural('sv', count, { one: 'Avsluta inloggningen', other: `Avsluta alla ${count}` }),
    everybody: 'Avsluta allas inloggningar',
    everybodyText:
      'Alla måste logga in på nytt, du också. Betalningar som pågår går klart ändå. Gör det om någon kan ha kommit över inloggningar.',
    sure: 'Ja, alla ska loggas ut',
    endAll: 'Avsluta allas inloggningar',
    faults: {
      who: 'Skriv vem det gäller.',
      reason: 'Skriv varför.',
      'reason-all': 'Skriv varför.',
      sure: 'Kryssa i att alla ska loggas ut.',
    },
  },
}

const en: typeof sv = {
  own: {
    title: 'Where you are signed in',
    lead: 'Here you see where you are signed in right now. If there is something that you do not recognise, end it and change your password.',
    here: 'This one',
    since: 'Signed in',
    used: 'Last used',
    how: 'By',
    card: 'library card',
    university: 'the university’s sign-in',
    twoSteps: 'the university’s sign-in with two steps',
    device: ({ browser, system }) => `${browser} on ${system}`,
    unknown: 'An unknown browser',
    end: 'End',
    endOf: ({ device, moment }) => `End ${device}, signed in ${moment}`,
    others: 'End all others',
    none: 'You are signed in nowhere else.',
    ended: 'Ended. Whoever uses that sign-in has to sign in again.',
    note: 'A sign-in ends by itself after a while without a click. We keep the names of the browser and the system only, not from where you signed in.',
  },
  operations: {
    title: 'Signed in',
    link: 'Who is signed in, and ending it',
    back: 'To the state of operations',
    people: ({ count }) =>
      plural('en', count, { one: `${count} person is signed in`, other: `${count} people are signed in` }),
    sessions: ({ count }) =>
      plural('en', count, { one: `by ${count} session.`, other: `by ${count} sessions.` }),
    ended: ({ count }) =>
      plural('en', count, {
        one: `${count} session has ended. That holds at once, everywhere.`,
        other: `${count} sessions have ended. That holds at once, everywhere.`,
      }),
    reader: 'You can read here. Ending sessions is for the operators.',
    find: 'The sessions of a person',
    who: 'The person’s identity',
    whoHint: 'As the university writes it (anna@example.se), or koha: and the patron number (koha:123).',
    search: 'Search',
    found: ({ count, who }) =>
      plural('en', count, { one: `${count} session of ${who}`, other: `${count} sessions of ${who}` }),
    nobody: ({ who }) => `Nobody is signed in as ${who}. Write the whole identity, letter for letter.`,
    reason: 'Why?',
    reasonHint: 'Stays in the audit trail. Write no names and no personal numbers.',
    end: ({ count }) => plural('en', count, { one: 'End the session', other: `End all ${count}` }),
    everybody: 'End the sessions of everybody',
    everybodyText:
      'Everybody has to sign in again, you too. Payments under way are finished all the same. Do it when somebody may have got hold of sessions.',
    sure: 'Yes, sign everybody out',
    endAll: 'End the sessions of everybody',
    faults: {
      who: 'Write who it is about.',
      reason: 'Write why.',
      'reason-all': 'Write why.',
      sure: 'Tick that everybody is to be signed out.',
    },
  },
}

export const sessions: Texts<typeof sv> = { sv, en }
