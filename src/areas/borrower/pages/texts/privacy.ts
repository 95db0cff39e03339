import type { Texts } from '../../../../base/language.ts'
import type { Facts, Statement } from './statement.ts'

const sv = (facts: Facts): Statement => ({
  title: 'Så behandlar vi personuppgifter',
  sections: [
    {
      heading: 'Ansvarig',
      paragraphs: [
        `${facts.university} (${facts.organisationNumber}) är personuppgiftsansvarig. Fråga ${facts.library} på ${facts.email}, eller universitetets dataskyddsombud.`,
      ],
    },
    {
      heading: 'Vad vi använder',
      paragraphs: [
        [
          'Namn och användaridentitet, från inloggningen, för att hitta ditt bibliotekskonto.',
          'Dina avgifter och de böcker de gäller. De läses ur bibliotekets system varje gång du öppnar sidan.',
          'Dina betalningar: belopp, avgifter, tid, referens, vilket slags kort och dess fyra sista siffror.',
          'E-postadressen som du vill ha kvittot till.',
          'Medan du är inloggad: vad din webbläsare och ditt system heter. Under ditt namn ser du var du är inloggad och kan avsluta det.',
        ],
        'Personnummer används inte. Kortnummer når oss aldrig.',
      ],
    },
    {
      heading: 'Varför vi får',
      paragraphs: [
        'Att ta ut avgifter för bibliotekets utlåning hör till universitetets uppgift av allmänt intresse (dataskyddsförordningen artikel 6.1 e). Att spara underlag för bokföringen är en rättslig förpliktelse (artikel 6.1 c).',
      ],
    },
    {
      heading: 'Vem som får veta vad',
      paragraphs: [
        [
          `${facts.company} får summan, vilka slags avgifter det är och en referens. Ditt kort lämnar du själv till dem, och för det är de ansvariga.`,
          'Bibliotekets system Koha får veta vilka avgifter som är betalda.',
          'Ekonomisystemet får belopp, kontering och referens, men inte ditt namn.',
        ],
        'Vad du har lånat omfattas av sekretess (offentlighets- och sekretesslagen 40 kap. 3 §). Titlar visas bara för dig och för bibliotekets personal.',
      ],
    },
    {
      heading: 'Hur länge',
      paragraphs: [
        `Inloggningen glöms efter ${facts.sessionMinutes} minuter utan att du gör något, eller när du loggar ut. Titlar och e-postadresser tas bort ${facts.titlesMonths} månader efter betalningen. Betalningar som inte blev av görs till ingens efter ${facts.abandonedMonths} månader, de andra ${facts.paymentYears} år efter årets slut: så länge kräver reglerna om bokföring och arkiv.`,
      ],
    },
    {
      heading: 'Kakor',
      paragraphs: [
        'En kaka håller dig inloggad och en minns vilket språk du har valt. Inget annat sparas i din webbläsare, och ingen följer vad du gör.',
      ],
    },
    {
      heading: 'Dina rättigheter',
      paragraphs: [
        'Du kan begära att få veta vad vi har om dig, få fel rättade och invända mot behandlingen. Du kan klaga hos Integritetsskyddsmyndigheten.',
      ],
      link: { label: 'Integritetsskyddsmyndigheten', href: 'https://www.imy.se/' },
    },
  ],
})

const en: typeof sv = (facts) => ({
  title: 'How we treat personal data',
  sections: [
    {
      heading: 'Who is responsible',
      paragraphs: [
        `${facts.university} (${facts.organisationNumber}) is the controller. Ask ${facts.library} at ${facts.email}, or the university’s data protection officer.`,
      ],
    },
    {
      heading: 'What we use',
      paragraphs: [
        [
          'Your name and user identity, from the sign-in, to find your library account.',
          'Your fees and the books they are for. They are read from the library’s system each time you open the page.',
          'Your payments: amount, fees, time, reference, kind of card and its last four digits.',
          'The e-mail address to which you want the receipt.',
          'While you are signed in: what your browser and your system are called. Under your name you see where you are signed in, and can end it.',
        ],
        'Personal identity numbers are not used. Card numbers never reach us.',
      ],
    },
    {
      heading: 'Why we may',
      paragraphs: [
        'Charging fees for the library’s lending is part of the university’s task in the public interest (GDPR article 6.1 e). Keeping what the accounts are based on is a legal obligation (article 6.1 c).',
      ],
    },
    {
      heading: 'Who gets to know what',
      paragraphs: [
        [
          `${facts.company} gets the sum, what kinds of fees they are, and a reference. You give your card to them yourself, and they are responsible for it.`,
          'The library’s system Koha gets to know which fees are paid.',
          'The economy system gets the amount, the coding and the reference, but not your name.',
        ],
        'What you have borrowed is secret by law (offentlighets- och sekretesslagen, chapter 40, section 3). Titles are shown only to you and to library staff.',
      ],
    },
    {
      heading: 'For how long',
      paragraphs: [
        `The sign-in is forgotten after ${facts.sessionMinutes} minutes in which you do nothing, or when you sign out. Titles and e-mail addresses are removed ${facts.titlesMonths} months after the payment. Payments that came to nothing are made nobody’s after ${facts.abandonedMonths} months, the others ${facts.paymentYears} years after the end of the year: so long demand the rules on bookkeeping and archives.`,
      ],
    },
    {
      heading: 'Cookies',
      paragraphs: [
        'One cookie keeps you signed in and one remembers the language that you have chosen. Nothing else is stored in your browser, and nobody follows what you do.',
      ],
    },
    {
      heading: 'Your rights',
      paragraphs: [
        'You can ask to be told what we have about you, have mistakes corrected, and object to the processing. You can complain to the Swedish Authority for Privacy Protection.',
      ],
      link: { label: 'The Swedish Authority for Privacy Protection', href: 'https://www.imy.se/en/' },
    },
  ],
})

/** Page P12: what is known about a borrower here, why, and who gets to know it. */
export const privacy: Texts<typeof sv> = { sv, en }
