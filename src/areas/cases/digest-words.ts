import { plural, type Texts } from '../../base/language.ts'

const sv = {
  subject: ({ count, library }: { count: number; library: string }) =>
    `${plural('sv', count, { one: `${count} ärende väntar`, other: `${count} ärenden väntar` })} – ${library}`,
  title: 'Att utreda',
  said: 'Kvitt kunde inte avgöra detta av sig självt. Pengar som är dragna är bokförda.',
  link: 'Se dem och avgör dem i Kvitt:',
  questions: 'Frågor',
}

const en: typeof sv = {
  subject: ({ count, library }) =>
    `${plural('en', count, { one: `${count} case waits`, other: `${count} cases wait` })} – ${library}`,
  title: 'To look into',
  said: 'Kvitt could not decide this by itself. Money that is taken is in the books.',
  link: 'See and resolve them in Kvitt:',
  questions: 'Questions',
}

/** The words of the mail that tells of open cases. */
export const digestWords: Texts<typeof sv> = { sv, en }
