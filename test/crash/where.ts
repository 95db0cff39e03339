/** An await of the product at which it can die. */
export interface Point {
  /** The same in every life: the places in the sources on the way to this await, and the side of it. */
  key: string
  place: 'before' | 'after'
  /** "recordPaid", "commit in record", "POST /patrons/…/account/credits". */
  what: string
  /** The flow that awaits it: "settle-payment". */
  flow: string
}

interface Frame {
  name: string
  room: string
  file: string
  line: string
}

/** Rooms that are not the flows' own: what only carries their calls, and pages. */
const CARRIERS = /^(?:database|outside|web|config|base|service\/commands|areas\/(?!payments)[a-z-]+\/pages)\b/
/** Flows that only look: pages call them all the time. */
const LOOKING = /^(?:show|read|list|find)-/
/** Work that is asked for all the time, mostly when there is none. */
const POLL = /^(?:claimDue|applyWaitingWebhooks$)/
const DEEP = 100

/** Where the caller stands in the product's flows; undefined when this is no part of one. */
export function whereWeAre(): Frame[] | undefined {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = DEEP
  const { stack = '' } = new Error()
  Error.stackTraceLimit = limit
  const frames = stack.split('\n').flatMap(asFrame)
  const outermost = frames.at(-1)
  if (!outermost || isStore(outermost) || LOOKING.test(outermost.file)) return undefined
  // Signing in moves no money; what people's room does for a flow counts with the flow.
  return /^areas\/(?:people|audit)$/.test(outermost.room) ? undefined : frames
}

/** "    at async recordPaid (file:///…/src/areas/payments/store.ts:12:3)" */
function asFrame(text: string): Frame[] {
  const match = /^\s+at (?:async )?(?:(\S+) )?\(?.*\/src\/(.+)\/([a-z-]+)[.]ts:(\d+:\d+)\)?$/.exec(text)
  const [, name = '', room = '', file = '', line = ''] = match ?? []
  return room === '' || CARRIERS.test(room) ? [] : [{ name, room, file, line }]
}

function isStore({ file }: Frame): boolean {
  return file === 'store' || file.endsWith('-store')
}

/** Flows that only claim what is due and hand each on. */
const CLAIMING = /^(?:do-due-|settle-due-)/

/** `what` for outside calls; for SQL it is the store's function that says it. */
export function pointAt(frames: Frame[], place: Point['place'], what: string | undefined): Point {
  const flows = frames.filter((frame) => !isStore(frame) && !/^(?:work|service)$/.test(frame.room))
  const flow = (flows.filter(({ file }) => !CLAIMING.test(file)).at(-1) ?? flows.at(-1))?.file ?? 'the clock'
  const path = frames.map(({ room, file, line }) => `${room}/${file}:${line}`).join(' < ')
  const words = what ?? nameIn(frames)
  return { key: `${place} ${words} @ ${path}`, place, what: words, flow }
}

/** The innermost function that has a name. */
export function nameIn(frames: Frame[]): string {
  return frames.find(({ name }) => name !== '' && !name.startsWith('<'))?.name ?? 'a statement'
}

/** Whether this statement only asks if there is anything to do. */
export function isPoll(frames: Frame[]): boolean {
  return frames.some(({ name }) => POLL.test(name))
}
