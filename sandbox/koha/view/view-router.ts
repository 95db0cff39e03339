import express, { type RequestHandler, Router } from 'express'
import { type FaultKind, type FaultScope, faultKinds, faultScopes } from '../faults.ts'
import type { World } from '../world.ts'
import { patronPage } from './patron-page.ts'
import { patronsPage } from './patrons-page.ts'
import { stylesheet } from './stylesheet.ts'

type Form = Record<string, string>

/** The pages for people. Each form does one thing and goes back to where it stood. */
export function viewRouter(world: World): Router {
  const router = Router()
  router.use(guard, express.urlencoded({ extended: false }))
  router.get('/koha.css', (_request, response) => void response.type('css').send(stylesheet))
  router.get('/', (_request, response) => void response.send(patronsPage(world)))
  router.get('/patrons/:id', (request, response) => {
    const patron = world.tables.patrons.get(Number(request.params.id))
    if (patron) response.send(patronPage(world, patron))
    else response.status(404).type('text').send('There is no such patron here.')
  })
  for (const [path, act] of Object.entries(globalActions)) {
    router.post(path, (request, response) => {
      if (act(world, request.body as Form)) response.redirect(303, '/#faults')
      else response.status(400).type('text').send('That makes no sense. Go back and look at the form.')
    })
  }
  for (const [name, act] of Object.entries(patronActions)) {
    router.post(`/patrons/:id/${name}`, (request, response) => {
      const patronId = Number(request.params.id)
      const known = world.tables.patrons.has(patronId)
      if (known && act(world, patronId, request.body as Form)) response.redirect(303, `/patrons/${patronId}`)
      else response.status(400).type('text').send('That makes no sense. Go back and look at the form.')
    })
  }
  return router
}

/** Another site must not press the buttons; no script runs here. */
const guard: RequestHandler = (request, response, next) => {
  response.set('Content-Security-Policy', "default-src 'none'; style-src 'self'; form-action 'self'")
  const from = request.headers['sec-fetch-site']
  if (request.method === 'POST' && from === 'cross-site') response.status(403).send('Not from another site.')
  else next()
}

/** Each answers false when the form makes no sense. */
const globalActions: Record<string, (world: World, form: Form) => boolean> = {
  '/fines-job': (world) => done(world.runFinesJob()),
  '/faults/clear': (world) => done(world.faults.clear()),
  '/faults': (world, { kind = '', on = '', times = '', seconds = '' }) => {
    if (!Object.hasOwn(faultKinds, kind) || !(faultScopes as readonly string[]).includes(on)) return false
    world.faults.add({
      kind: kind as FaultKind,
      on: on as FaultScope,
      ...(Number(times) > 0 && { times: Math.floor(Number(times)) }),
      ...(Number(seconds) > 0 && { milliseconds: Math.min(600, Number(seconds)) * 1000 }),
    })
    return true
  },
}

const patronActions: Record<string, (world: World, patronId: number, form: Form) => boolean> = {
  charge: (world, patronId, { type = '', amount = '', library = '', description = '' }) => {
    const kronor = kronorIn(amount)
    if (kronor === undefined || kronor === 0 || !/^[A-Z_]{1,40}$/.test(type)) return false
    const libraryId = world.tables.libraries.has(library) ? library : null
    return done(world.addDebit({ patronId, type, amount: kronor, libraryId, description }))
  },
  pay: (world, patronId, { debit }) => {
    const owed = world.debitsOf(patronId).filter(({ outstanding }) => outstanding > 0)
    const chosen = owed.filter(({ id }) => debit === undefined || id === Number(debit))
    if (chosen.length === 0) return false
    return done(world.payAtDesk({ patronId, debitIds: chosen.map(({ id }) => id) }))
  },
  return: (world, _patronId, { item = '' }) => done(world.returnBook(Number(item))),
  change: (world, patronId, { debit = '', amount = '' }) => {
    const kronor = kronorIn(amount)
    const line = world.tables.lines.get(Number(debit))
    if (kronor === undefined || line?.kind !== 'debit' || line.patronId !== patronId) return false
    return done(world.changeDebit(line.id, kronor))
  },
  restrict: (world, patronId, { type = 'MANUAL', comment = '', lifts }) =>
    done(world.restrict(patronId, { type, comment, liftsWhenPaid: lifts === 'yes' })),
  lift: (world, patronId, { type }) => done(world.liftRestriction(patronId, type)),
}

function done(_work: unknown): true {
  return true
}

function kronorIn(text: string): number | undefined {
  return /^\d{1,6}([.,]\d{1,6})?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : undefined
}
