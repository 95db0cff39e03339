import { flushCompileCache } from 'node:module'
import axios from 'axios'
import { createTransport } from 'nodemailer'
import pg from 'pg'
import { isPoll, nameIn, type Point, pointAt, whereWeAre } from './where.ts'

/**
 * Loaded into the product's process before the product (node --import): at each await of its flows on the database, on
 * a neighbour or on mail there is a point, told to the parent while it counts, and at the one point that it is told of
 * the process gets SIGKILL or SIGSTOP. The product itself knows nothing of this.
 */

/** What the parent sends. */
export interface Order {
  /** Tell of every point that is passed. */
  tell: boolean
  /** The key of the point at which to die, or to stop. */
  goneAt: string | null
  signal: 'SIGKILL' | 'SIGSTOP'
}

let order: Order = { tell: false, goneAt: null, signal: 'SIGKILL' }
process.on('message', (message: Order) => {
  order = message
  // Who is killed cannot leave its compiled sources to the next.
  flushCompileCache()
  process.send?.('heard')
})
process.channel?.unref()
// Nobody is left to start it again or to end it.
process.on('disconnect', () => process.exit(1))

function pass(point: Point): void {
  if (point.key === order.goneAt) {
    order.goneAt = null
    process.kill(process.pid, order.signal)
  }
  if (order.tell) process.send?.(point)
}

type Frames = NonNullable<ReturnType<typeof whereWeAre>>
type Call = (...parameters: unknown[]) => Promise<unknown>

/** What leaves a trace outside this process has a point after it; what only reads has the next await's. */
async function around(
  frames: Frames,
  what: string | undefined,
  call: () => Promise<unknown>,
): Promise<unknown> {
  pass(pointAt(frames, 'before', what))
  const result = await call()
  pass(pointAt(frames, 'after', what))
  return result
}

interface Rows {
  rows: Record<string, unknown>[]
}

/** A claim that came back with nothing is no step of the story. */
function foundSomething({ rows: [first] }: Rows): boolean {
  return first !== undefined && Object.values(first).some((value) => Boolean(value) && value !== '0')
}

function isReading(statement: unknown): boolean {
  const text = typeof statement === 'string' ? statement : (statement as { text?: string }).text
  return /^\s*select\b/i.test(text ?? '')
}

/** Statements on their own: each commits by itself. */
function watchPool(): void {
  const pool = pg.Pool.prototype as unknown as { query: Call; connect: Call }
  const { query, connect } = pool
  pool.query = function (this: unknown, ...parameters) {
    const frames = parameters.some((one) => typeof one === 'function') ? undefined : whereWeAre()
    const call = () => query.apply(this, parameters)
    if (!frames) return call()
    if (isPoll(frames)) return afterFinding(frames, call)
    if (!isReading(parameters[0])) return around(frames, undefined, call)
    pass(pointAt(frames, 'before', undefined))
    return call()
  }
  pool.connect = function (this: unknown, ...parameters) {
    const connected = connect.apply(this, parameters)
    return parameters.length > 0 ? connected : connected.then(watchTransaction)
  }
}

async function afterFinding(frames: Frames, call: () => Promise<unknown>): Promise<unknown> {
  const result = await call()
  if (foundSomething(result as Rows)) pass(pointAt(frames, 'after', undefined))
  return result
}

/** A connection that was taken for a transaction; it goes back to the pool as it came. */
function watchTransaction(client: unknown): unknown {
  const watched = client as { query: Call; release: (broken?: unknown) => void }
  const { query, release } = watched
  let idle = false
  watched.query = (...parameters) => {
    const frames = whereWeAre()
    const text = String(parameters[0])
    const call = () => query.apply(watched, parameters)
    if (!frames || text === 'BEGIN' || text === 'ROLLBACK') return call()
    if (text === 'COMMIT') {
      if (idle) return call()
      return around(frames, `commit in ${nameIn(frames)}`, call)
    }
    if (isPoll(frames))
      return call().then((result) => {
        idle = !foundSomething(result as Rows)
        return result
      })
    pass(pointAt(frames, 'before', undefined))
    return call()
  }
  watched.release = (broken) => {
    Object.assign(watched, { query, release })
    release.call(watched, broken)
  }
  return watched
}

/** Calls to neighbours: before the request leaves, and when the whole answer is there and nobody has seen it yet. */
function watchCalls(): void {
  const { prototype } = axios.Axios as unknown as { prototype: { request: Call } }
  const { request } = prototype
  prototype.request = function (this: unknown, ...parameters) {
    const frames = whereWeAre()
    const call = () => request.apply(this, parameters)
    return frames ? around(frames, inWords(parameters[0]), call) : call()
  }
}

function inWords(asked: unknown): string {
  const { method = 'GET', url = '' } = asked as { method?: string; url?: string }
  const path = url.replace(/^https?:\/\/[^/]+/, '').replace(/[?].*$/, '')
  return `${method.toUpperCase()} ${path.replace(/\/(?:\d+|[0-9a-f]{16,})(?=\/|$)/g, '/…')}`
}

function watchMail(): void {
  const prototype = Object.getPrototypeOf(createTransport({ jsonTransport: true })) as { sendMail: Call }
  const { sendMail } = prototype
  prototype.sendMail = function (this: unknown, ...parameters) {
    const frames = whereWeAre()
    const call = () => sendMail.apply(this, parameters)
    return frames ? around(frames, 'mail', call) : call()
  }
}

watchPool()
watchCalls()
watchMail()
