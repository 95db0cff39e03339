import { mkdtempSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { createHttp } from '../../src/outside/http.ts'

/** An Express application with one EJS page of about so many bytes: a table filled from an array, as such pages are. */
const bytes = Number(process.argv[2])
const [kohaUrl = '', user = '', password = '', patronId = ''] = process.argv.slice(3)
const ROW = {
  name: 'Förseningsavgift',
  title: 'Nordisk rättskunskap',
  library: 'Humanistiska biblioteket',
  amount: '160,00 kr',
}
const template = `<!doctype html><title>Avgifter</title><table><% for (const row of rows) { %>
<tr><td><%= row.name %></td><td><%= row.title %></td><td><%= row.library %></td><td><%= row.amount %></td></tr><% } %>
</table>`
const rows = Array.from({ length: Math.max(1, Math.round((bytes - 80) / 113)) }, () => ROW)

const folder = mkdtempSync(join(tmpdir(), 'kvitt-bare-'))
writeFileSync(join(folder, 'page.ejs'), template)
const app = express()
app.set('views', folder).set('view engine', 'ejs').enable('view cache')
app.get('/', (_request, response) => response.render('page', { rows }))

// The same page, asking Koha the two questions that the debts page cannot do without, and doing nothing with the answers.
// It asks by Kvitt's own client, so that the ratio says what Kvitt does beside asking.
const http = createHttp({})
const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
const ask = async (path: string): Promise<unknown> => {
  const outcome = await http.send({
    method: 'GET',
    url: `${kohaUrl}${path}`,
    headers: { accept: 'application/json', authorization },
    to: 'Koha',
    seconds: 10,
    mostBytes: 16 * 1024 * 1024,
    connection: 'kept',
  })
  if (outcome.kind !== 'answered' || outcome.status !== 200) throw new Error('Koha does not answer')
  return JSON.parse(outcome.text)
}
app.get('/asking', async (_request, response) => {
  await Promise.all([ask(`/patrons/${patronId}`), ask(`/patrons/${patronId}/account`)])
  response.render('page', { rows })
})
const server = app.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
