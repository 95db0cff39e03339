import { escaped } from './markup.ts'
import { attributeNames, demoScope, type IdpPerson } from './people.ts'
import { mishaps } from './response.ts'
import { type Language, texts } from './texts.ts'

/** The list of people to click. `query` is the request as it came; it travels along, so that the server remembers nothing. */
export function peoplePage(
  people: IdpPerson[],
  { query, twoSteps }: { query: string; twoSteps: boolean },
  language: Language,
): string {
  const words = texts[language]
  const list = (kind: IdpPerson['kind']) =>
    people
      .filter((person) => person.kind === kind)
      .map((person) => personButton(person, language))
      .join('')
  const other = language === 'sv' ? 'en' : 'sv'
  const switchAddress = `?${withLanguage(query, other)}`
  return frame(language, words.title, [
    `<p class="language"><a lang="${other}" hreflang="${other}" href="${escaped(switchAddress)}">${words.toOther}</a></p>`,
    `<h1>${words.title}</h1><p class="lead">${words.lead}${twoSteps ? ` ${words.twoSteps}` : ''}</p>`,
    form(query, language, [
      `<h2>${words.borrowers}</h2><ul>${list('borrower')}</ul><h2>${words.staff}</h2><ul>${list('staff')}</ul>`,
      `<details><summary>${words.trouble}</summary><p>${words.troubleWhy}</p>${mishapChoices(language)}</details>`,
    ]),
    // A form of its own: Enter in a field presses a form's first button, which above is a person.
    form(query, language, [
      `<details><summary>${words.other}</summary><p>${words.otherWhy}</p>`,
      field('eppn', words.eppn, `ny@${demoScope}`),
      field('displayName', words.displayName, 'Ny Person'),
      field('mail', words.mail, `ny@${demoScope}`),
      `<button class="main">${words.signIn}</button></details>`,
    ]),
  ])
}

function form(query: string, language: Language, inside: string[]): string {
  const hidden = `<input type="hidden" name="query" value="${escaped(query)}"><input type="hidden" name="lang" value="${language}">`
  return `<form method="post" action="/sign-on">${hidden}${inside.join('')}</form>`
}

function mishapChoices(language: Language): string {
  const words = texts[language]
  const choices = mishaps.map((mishap) => {
    const checked = mishap === 'none' ? ' checked' : ''
    return `<label class="choice"><input type="radio" name="mishap" value="${mishap}"${checked}> ${words.mishaps[mishap]}</label>`
  })
  return `<fieldset><legend>${words.trouble}</legend>${choices.join('')}</fieldset>`
}

function personButton(person: IdpPerson, language: Language): string {
  const eppn = person.attributes[attributeNames.eppn]?.[0] ?? ''
  return [
    `<li><button name="person" value="${escaped(person.id)}"><span class="name">${escaped(person.name)}</span>`,
    `<span class="why">${escaped(person.why[language])}</span><span class="eppn">${escaped(eppn)}</span></button></li>`,
  ].join('')
}

function field(name: string, label: string, value: string): string {
  return `<label class="field">${label}<input name="${name}" value="${escaped(value)}" autocomplete="off"></label>`
}

/** The form that carries the response home: by itself where scripts run, by its button where not. */
export function carryHomePage(
  { acsUrl, samlResponse, relayState }: { acsUrl: string; samlResponse: string; relayState: string | null },
  language: Language,
): string {
  const words = texts[language]
  const relay = relayState ? `<input type="hidden" name="RelayState" value="${escaped(relayState)}">` : ''
  return frame(language, words.going, [
    `<h1>${words.going}</h1><form method="post" action="${escaped(acsUrl)}">`,
    `<input type="hidden" name="SAMLResponse" value="${escaped(samlResponse)}">${relay}`,
    `<button class="main">${words.goOn}</button></form><script>document.forms[0].submit()</script>`,
  ])
}

export function wrongPage(reason: string, language: Language): string {
  const words = texts[language]
  return frame(language, words.wrong, [`<h1>${words.wrong}</h1><p class="lead">${escaped(reason)}</p>`])
}

export function withLanguage(query: string, language: Language): string {
  // The other parameters stay as they were written: a signature is over their very letters.
  const others = query.split('&').filter((pair) => pair && !pair.startsWith('lang='))
  return [...others, `lang=${language}`].join('&')
}

function frame(language: Language, title: string, body: string[]): string {
  const { university } = texts[language]
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${title} – ${university}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="/idp.css"></head>
<body><header><span>${university}</span></header><main>${body.join('\n')}</main></body></html>`
}
