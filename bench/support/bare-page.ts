import { mkdtempSync, writeFileSync } from 'node:fs'
import { Agent } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axios from 'axios'
import express from 'express'

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
const koha = axios.create({
  baseURL: kohaUrl,
  auth: { username: user, password },
  httpAgent: new Agent({ keepAlive: true }),
})
app.get('/asking', async (_request, response) => {
  await Promise.all([koha.get(`/patrons/${patronId}`), koha.get(`/patrons/${patronId}/account`)])
  response.render('page', { rows })
})
const server = app.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
