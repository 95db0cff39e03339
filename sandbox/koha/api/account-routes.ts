import { bookCredit, debitTypes, KohaException } from '../booking.ts'
import { type Line, NotADebit, toKronor } from '../lines.ts'
import type { Row } from '../query.ts'
import { linesOf, outstandingLines } from '../tables.ts'
import { accountLineJson, creditJson, debitJson } from './account-json.ts'
import {
  brokenInside,
  type Call,
  failed,
  malformed,
  numberIn,
  patronNotFound,
  type Result,
  type Route,
} from './call.ts'
import { readCredit } from './credit-body.ts'
import { readDebit } from './debit-body.ts'
import { listing, listParameters } from './listing.ts'

const mayRead = { borrowers: 'edit_borrowers', updatecharges: 'remaining_permissions' }
const account = '/patrons/:patron_id/account'

export const accountRoutes: Route[] = [
  { method: 'get', path: account, permissions: mayRead, parameters: [], handle: showAccount },
  {
    method: 'get',
    path: `${account}/credits`,
    permissions: mayRead,
    parameters: listParameters,
    handle: (call) => showLines(call, 'credit', creditJson),
  },
  {
    method: 'get',
    path: `${account}/debits`,
    permissions: mayRead,
    parameters: listParameters,
    handle: (call) => showLines(call, 'debit', debitJson),
  },
  {
    method: 'post',
    path: `${account}/credits`,
    permissions: { updatecharges: 'remaining_permissions' },
    parameters: [],
    handle: addCredit,
  },
  {
    method: 'post',
    path: `${account}/debits`,
    permissions: { updatecharges: 'remaining_permissions' },
    parameters: [],
    handle: addDebit,
  },
]

/** Calls the work with the patron's number, or answers for a number that is none or nobody's. */
function withPatron(call: Call, work: (patronId: number) => Result): Result {
  const patronId = numberIn(call, 'patron_id')
  if (patronId === undefined) return malformed('/patron_id', 'Expected integer - got string.')
  return call.world.tables.patrons.has(patronId) ? work(patronId) : patronNotFound
}

function showAccount(call: Call): Result {
  return withPatron(call, (patronId) => {
    const debits = outstandingLines(call.world.tables, patronId, 'debit')
    const credits = outstandingLines(call.world.tables, patronId, 'credit')
    const json = {
      balance: floatSum([...debits, ...credits]),
      outstanding_credits: { lines: credits.map(accountLineJson), total: floatSum(credits) },
      outstanding_debits: { lines: debits.map(accountLineJson), total: floatSum(debits) },
    }
    return { status: 200, json }
  })
}

/** Koha adds floats, so its totals may end in …0000001. */
function floatSum(lines: Line[]): number {
  return lines.reduce((total, line) => total + toKronor(line.outstanding), 0)
}

function showLines(call: Call, kind: Line['kind'], jsonOf: (line: Line) => Row): Result {
  return withPatron(call, (patronId) => {
    const lines = linesOf(call.world.tables, patronId).filter((line) => line.kind === kind)
    const rows = lines.map(jsonOf)
    return listing(
      call,
      rows.map((json) => ({ json, rows: [json] })),
      [],
    )
  })
}

/** Nothing is ever answered with a 4xx once the body fits the contract: Koha maps no exception (Koha/REST/V1/Patrons/Account.pm). */
function addCredit(call: Call): Result {
  const body = readCredit(call.body)
  if ('message' in body) return malformed(body.path, body.message)
  return withPatron(call, (patronId) => {
    const { tables, preferences } = call.world
    try {
      const line = bookCredit(tables, preferences, {
        ...body,
        patronId,
        userId: 1,
        interface: 'api',
      })
      return { status: 201, json: accountLineJson(line) }
    } catch (error) {
      if (error instanceof KohaException || error instanceof NotADebit) return brokenInside
      throw error
    }
  })
}

/** Unlike a credit's, the exceptions of a debit are answered (Koha/REST/V1/Patrons/Account.pm, add_debit). */
function addDebit(call: Call): Result {
  const body = readDebit(call.body)
  if ('message' in body) return malformed(body.path, body.message)
  return withPatron(call, (patronId) => {
    if (body.amount <= 0) return failed(400, 'Debit amount passed to add_debit is not positive.')
    if (!debitTypes.includes(body.type)) return failed(400, 'Type of debit not recognised')
    if (body.libraryId !== null && !call.world.tables.libraries.has(body.libraryId)) return brokenInside
    const line = call.world.addDebit({ ...body, patronId, byApi: true })
    const headers = { Location: `/api/v1/patrons/${patronId}/account/debits/${line.id}` }
    return { status: 201, json: debitJson(line), headers }
  })
}
