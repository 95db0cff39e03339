import type { Texts } from '../../../../base/language.ts'
import type { Facts, Statement } from './statement.ts'

/** When the pages were last gone through for this statement. Change it together with what it says. */
const ASSESSED = '2026-11-21'

const sv = (facts: Facts): Statement => ({
  title: 'Tillgänglighetsredogörelse',
  sections: [
    {
      heading: 'Hur tillgänglig tjänsten är',
      paragraphs: [
        `${facts.university} står bakom tjänsten. Vi vill att alla ska kunna använda den. Den är byggd för att följa WCAG 2.2 på nivå AA, men ingen utomstående har granskat den än. Därför säger vi att den delvis uppfyller lagen om tillgänglighet till digital offentlig service.`,
      ],
    },
    {
      heading: 'Det här vet vi brister',
      paragraphs: [
        [
          `Sidan där du betalar hör till ${facts.company}. Den kan vi inte ändra.`,
          'Boktitlar på andra språk är inte märkta med sitt språk, så en skärmläsare läser dem med sidans språk.',
        ],
        'Går det inte att betala här kan du alltid betala i lånedisken.',
      ],
    },
    {
      heading: 'Hör av dig',
      paragraphs: [
        `Hittar du något som inte fungerar, eller behöver du något i en annan form, skriv till ${facts.email}${facts.phone ? ` eller ring ${facts.phone}` : ''}. Vi svarar så snart vi kan.`,
      ],
    },
    {
      heading: 'Tillsyn',
      paragraphs: [
        'Myndigheten för digital förvaltning har tillsyn över lagen. Är du inte nöjd med hur vi tar hand om det du påpekar kan du anmäla det dit.',
      ],
      link: { label: 'Anmäl till Digg', href: 'https://www.digg.se/tdosanmalan' },
    },
    {
      heading: 'Hur vi har prövat tjänsten',
      paragraphs: [
        `Vi har prövat den själva: varje sida med automatiska verktyg, på smal och bred skärm och på båda språken, utan JavaScript, med förstoring och med bara tangentbord. Senaste bedömningen gjordes ${ASSESSED}.`,
      ],
    },
  ],
})

const en: typeof sv = (facts) => ({
  title: 'Accessibility statement',
  sections: [
    {
      heading: 'How accessible the service is',
      paragraphs: [
        `${facts.university} is behind this service. We want everybody to be able to use it. It is built to follow WCAG 2.2 at level AA, but nobody from outside has examined it yet. Therefore we say that it partly meets the Act on accessibility of digital public service.`,
      ],
    },
    {
      heading: 'What we know is lacking',
      paragraphs: [
        [
          `The page where you pay belongs to ${facts.company}. We cannot change it.`,
          'Book titles in other languages are not marked with their language, so a screen reader reads them in the language of the page.',
        ],
        'If you cannot pay here you can always pay at the desk.',
      ],
    },
    {
      heading: 'Tell us',
      paragraphs: [
        `If you find something that does not work, or need something in another form, write to ${facts.email}${facts.phone ? ` or call ${facts.phone}` : ''}. We answer as soon as we can.`,
      ],
    },
    {
      heading: 'Supervision',
      paragraphs: [
        'The Agency for Digital Government supervises the Act. If you are not content with how we deal with what you point out, you can report it there.',
      ],
      link: { label: 'Report to Digg', href: 'https://www.digg.se/tdosanmalan' },
    },
    {
      heading: 'How we have tried the service',
      paragraphs: [
        `We have tried it ourselves: each page with automatic tools, on narrow and wide screens and in both languages, without JavaScript, enlarged, and with the keyboard alone. The latest assessment was made on ${ASSESSED}.`,
      ],
    },
  ],
})

/**
 * Page P11: the statement that the Act (2018:1937) on accessibility of digital public service asks for. What it must
 * hold: digg.se, "Skapa en tillgänglighetsredogörelse".
 */
export const accessibility: Texts<typeof sv> = { sv, en }
