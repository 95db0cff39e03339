import type { Texts } from '../../../../base/language.ts'
import type { Facts, Statement } from './statement.ts'

const sv = (facts: Facts): Statement => ({
  title: 'Villkor',
  sections: [
    {
      heading: 'Vem du betalar till',
      paragraphs: [
        `${facts.university}, organisationsnummer ${facts.organisationNumber}${facts.address ? `, ${facts.address}` : ''}. ${facts.library} sköter tjänsten.`,
      ],
    },
    {
      heading: 'Vad du betalar',
      paragraphs: [
        'Du betalar avgifter enligt bibliotekets regler, för lån som du själv har gjort. Beloppet är det som står i bibliotekets system när du betalar, och du väljer själv vilka avgifter betalningen gäller.',
      ],
      link: { label: 'Bibliotekets regler för avgifter', href: facts.website },
    },
    {
      heading: 'Hur du betalar',
      paragraphs: [
        `Du betalar på en sida hos ${facts.company}. Dina kortuppgifter lämnar du bara där. Pengarna dras när du har godkänt köpet hos dem, och först då är avgiften betald.`,
        'Betalningen registreras av sig själv i bibliotekets system, oftast inom en minut. Tar det längre tid behöver du inte göra något, och du ska inte betala igen.',
      ],
    },
    {
      heading: 'Spärr',
      paragraphs: [
        'Att en avgift är betald betyder inte alltid att en spärr försvinner. En spärr kan också bero på försenade böcker eller vara lagd av personalen. På kvittot står vad som gäller.',
      ],
    },
    {
      heading: 'Om du har rätt att få pengar tillbaka',
      paragraphs: [
        [
          'Lämnar du tillbaka en bok som du har betalat ersättning för tas ersättningsavgiften bort. Arbetskostnaden blir kvar.',
          'Har en avgift minskat eller försvunnit medan du betalade är det som blev över ditt.',
          'Har du betalat samma sak två gånger är den ena betalningen din.',
        ],
        'Kontakta biblioteket. Pengarna går tillbaka på samma sätt som du betalade när det är möjligt.',
      ],
    },
    {
      heading: 'Om något är fel',
      paragraphs: [
        `Skriv till ${facts.email}${facts.phone ? ` eller ring ${facts.phone}` : ''} och uppge referensen på kvittot. Du kan också alltid betala i lånedisken i stället.`,
      ],
    },
  ],
})

const en: typeof sv = (facts) => ({
  title: 'Terms',
  sections: [
    {
      heading: 'Whom you pay',
      paragraphs: [
        `${facts.university}, organisation number ${facts.organisationNumber}${facts.address ? `, ${facts.address}` : ''}. The service is run by ${facts.library}.`,
      ],
    },
    {
      heading: 'What you pay',
      paragraphs: [
        'You pay fees under the library’s rules, for loans of your own. The amount is what the library’s system says when you pay, and you choose which fees the payment is for.',
      ],
      link: { label: 'The library’s rules for fees', href: facts.website },
    },
    {
      heading: 'How you pay',
      paragraphs: [
        `You pay on a page at ${facts.company}. You give your card details only there. The money is taken when you have approved it with them, and only then is the fee paid.`,
        'The payment is registered in the library’s system by itself, usually within a minute. If it takes longer you need not do anything, and you should not pay again.',
      ],
    },
    {
      heading: 'Blocks',
      paragraphs: [
        'That a fee is paid does not always mean that a block is lifted. A block may also be for overdue books, or placed by staff. The receipt says what applies.',
      ],
    },
    {
      heading: 'When money is yours to get back',
      paragraphs: [
        [
          'If you return a book that you have paid a replacement fee for, that fee is removed. The processing fee stays.',
          'If a fee shrank or disappeared while you were paying, what was left over is yours.',
          'If you have paid the same thing twice, one of the payments is yours.',
        ],
        'Contact the library. When possible the money goes back the way you paid.',
      ],
    },
    {
      heading: 'If something is wrong',
      paragraphs: [
        `Write to ${facts.email}${facts.phone ? ` or call ${facts.phone}` : ''} and give the reference on the receipt. You can also always pay at the desk instead.`,
      ],
    },
  ],
})

/** Page P13: on what terms a borrower pays here. */
export const terms: Texts<typeof sv> = { sv, en }
