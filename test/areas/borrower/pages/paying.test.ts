import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Kvitt, openKvitt } from '../../../support/open-kvitt.ts'

let kvitt: Kvitt
beforeAll(async () => {
  kvitt = await openKvitt()
})
afterAll(() => kvitt.stop())

const debitsOf = (userid: string) =>
  kvitt.town.koha.world
    .debitsOf(kvitt.town.koha.world.patron(userid).id)
    .filter(({ outstanding }) => outstanding > 0)

/** What the form of the check page sends. */
const form = (ids: number[], shown: number, email = ''): [string, string][] => [
  ...ids.map((id): [string, string] => ['debit', String(id)]),
  ['shown', String(shown)],
  ['email', email],
]

const payments = async () =>
  (await kvitt.town.context.db.query<{ count: number }>('select count(*) from payment'))[0]?.count

describe('the check page', () => {
  it('shows what is paid, to whom, and where the receipt goes', async () => {
    const ids = debitsOf('elsa').map(({ id }) => id)
    const page = await (await kvitt.visitor('elsa')).get(
      `/fees/check?${ids.map((id) => `debit=${id}`).join('&')}`,
    )
    expect(page.status).toBe(200)
    expect(page.text).toContain('Summa 886,00 kr')
    expect(page.text).toContain('Betala 886,00 kr')
    expect(page.text).toContain('Demouniversitetet')
    expect(page.text).toContain('202199-0011')
    expect(page.text).toContain('Vad får Nexi Checkout veta?')
    expect(page.html).toContain('value="elsa@demo.kvitt.example"')
    expect(page.html).toContain('value="88600"')
    for (const id of ids) expect(page.html).toContain(`chosen=${id}`)
  })

  it('asks for a choice when there is none', async () => {
    const page = await (await kvitt.visitor('elsa')).get('/fees/check')
    expect(page.status).toBe(422)
    expect(page.text).toContain('Välj minst en avgift att betala.')
    expect(page.html).toMatch(/<title>Fel: /)
  })

  it('says when debts are gone or belong to another', async () => {
    const [bengts] = debitsOf('bengt')
    const elsa = await kvitt.visitor('elsa')
    for (const id of [bengts?.id, 999_999]) {
      const page = await elsa.get(`/fees/check?debit=${id}`)
      expect(page.status).toBe(409)
      expect(page.text).toContain('Inga pengar har dragits. Här är avgifterna som de är nu')
    }
  })

  it('says when the choice is below the minimum', async () => {
    const [fee] = debitsOf('pelle')
    const page = await (await kvitt.visitor('pelle')).get(`/fees/check?debit=${fee?.id}`)
    expect(page.status).toBe(422)
    expect(page.text).toContain('Minsta belopp är 10,00 kr. Du har valt 5,00 kr.')
  })
})

describe('starting a payment', () => {
  it('sends Ingrid to the page to pay on, and holds her debt', async () => {
    const [fee] = debitsOf('ingrid')
    const ingrid = await kvitt.visitor('ingrid')
    const answer = await ingrid.post('/payments', form([fee?.id ?? 0], 3000, ' ingrid@demo.kvitt.example '))
    expect(answer.status).toBe(303)
    expect(answer.location).toContain(kvitt.town.cards.url)

    const again = await ingrid.post('/payments', form([fee?.id ?? 0], 3000))
    expect(again.status).toBe(409)
    expect(again.text).toContain('ingår redan i en betalning som inte är klar')
    expect(again.text).toContain('Fortsätt betala')
  })

  it('asks again for an address that is none, and keeps what was typed', async () => {
    const [fee] = debitsOf('asa')
    const before = await payments()
    const asa = await kvitt.visitor('asa')
    for (const email of ['åsa', 'a@b.se\r\nBcc: all@b.se', `${'x'.repeat(300)}@b.se`]) {
      const page = await asa.post('/payments', form([fee?.id ?? 0], 4550, email))
      expect(page.status).toBe(422)
      expect(page.text).toContain('Skriv en e-postadress')
      expect(page.html).toContain('aria-invalid="true"')
      expect(page.html).toContain('href="#email"')
    }
    expect(await payments()).toBe(before)
  })

  it('shows a sum that has changed before anybody pays it', async () => {
    const [fee] = debitsOf('asa')
    const asa = await kvitt.visitor('asa')
    const page = await asa.post('/payments', form([fee?.id ?? 0], 1000))
    expect(page.status).toBe(409)
    expect(page.text).toMatch(/Beloppet har ändrats från 10,00 kr till (45,50|30,00) kr/)
    expect(page.text).toContain('Inga pengar har dragits. Kontrollera innan du betalar.')
  })

  it('believes no form: strange fields, amounts, ids and a missing token change nothing', async () => {
    const before = await payments()
    const [fee] = debitsOf('elsa')
    const elsa = await kvitt.visitor('elsa')
    const good = form([fee?.id ?? 0], 16000)
    const bad: [string, string][][] = [
      [...good, ['amount', '1']],
      form([-1], 16000),
      [
        ['debit', '1e3'],
        ['shown', '16000'],
        ['email', ''],
      ],
      [
        ['debit', String(fee?.id)],
        ['shown', '-16000'],
        ['email', ''],
      ],
      [
        ['debit', String(fee?.id)],
        ['shown', '0x10'],
        ['email', ''],
      ],
      [
        ['debit', String(fee?.id)],
        ['email', ''],
      ],
    ]
    for (const fields of bad) {
      const page = await elsa.post('/payments', fields)
      expect(page.status).toBe(400)
      expect(page.text).toContain('inga pengar har dragits')
    }
    const noToken = await elsa.post('/payments', good, { ...(await elsa.get('/payments')), html: '' })
    expect(noToken.status).toBe(403)
    expect(await payments()).toBe(before)
  })

  it('says so when the payment company is silent, and keeps the choice', async () => {
    const fees = debitsOf('elsa')
    const elsa = await kvitt.visitor('elsa')
    kvitt.town.cards.world.faults.add({ on: 'nets.create', kind: 'error', times: 9 })
    const page = await elsa.post('/payments', form([fees[0]?.id ?? 0], (fees[0]?.outstanding ?? 0) / 10_000))
    kvitt.town.cards.world.faults.clear()
    expect(page.status).toBe(503)
    expect(page.text).toContain(
      'Betalbolaget svarar inte just nu. Inga pengar har dragits och dina avgifter är kvar.',
    )
    expect(page.html.match(/name="debit"[^>]*\schecked/g)).toHaveLength(1)
    expect(page.html).toContain('aria-current="page"')
  })

  it('says so when Koha is silent', async () => {
    const elsa = await kvitt.visitor('elsa')
    const token = await elsa.get('/payments')
    kvitt.town.koha.world.faults.add({ kind: '503', on: 'reads' })
    const page = await elsa.post('/payments', form([debitsOf('elsa')[0]?.id ?? 0], 16000), token)
    kvitt.town.koha.world.faults.clear()
    expect(page.status).toBe(503)
    expect(page.text).toContain('Inga pengar har dragits')
  })

  it('takes no more debts at once than the configuration allows', async () => {
    const gun = await kvitt.visitor('gun')
    const many = Array.from({ length: 101 }, (_, at) => at + 1)
    const page = await gun.post('/payments', form(many, 100))
    expect(page.status).toBe(422)
    expect(page.text).toContain('högst 100 avgifter')
  })
})
