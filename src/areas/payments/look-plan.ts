/**
 * When an open payment is asked about when nobody tells us anything. Data: gaps in seconds after each look.
 * Twelve looks in the first hour; Nets allows 30 per payment and hour, and the page and the webhooks need theirs.
 */
export const gaps = [20, 20, 40, 60, 120, 180, 300, 300, 600, 600, 600, 900] as const

const HOUR = 3_600_000
/** Of the looks that a provider allows per hour, so many are kept for webhooks and staff. */
const KEPT_FOR_NEWS = 8

export interface Looks {
  /** How many looks there have been by plan. */
  planned: number
  /** When the hour began in which `thisHour` looks were made. */
  hourBegan: Date | null
  thisHour: number
}

/** The next planned look: by the gaps, then hourly; at the moment of expiry if that comes first. */
export function nextLook(looks: Looks, now: Date, expiresAt: Date): Date {
  const gap = gaps[looks.planned] ?? 3600
  const planned = new Date(now.getTime() + gap * 1000)
  return now < expiresAt && expiresAt < planned ? expiresAt : planned
}

/**
 * How much it matters that the provider is asked now. A page that refreshes itself must not use up what news needs;
 * `must-know`: a person waits for it, or money is about to be sent back.
 */
export type Urgency = 'page' | 'plan' | 'news' | 'must-know'

/** Whether the provider may be asked now; if not, when. */
export function mayLook(
  looks: Looks,
  perHour: number,
  urgency: Urgency,
  now: Date,
): { may: true } | { may: false; from: Date } {
  if (looks.hourBegan === null || now.getTime() - looks.hourBegan.getTime() >= HOUR) return { may: true }
  const limit = urgency === 'news' || urgency === 'must-know' ? perHour : perHour - KEPT_FOR_NEWS
  return looks.thisHour < limit
    ? { may: true }
    : { may: false, from: new Date(looks.hourBegan.getTime() + HOUR) }
}

/** The count after one more look. */
export function afterLook(looks: Looks, urgency: Urgency, now: Date): Looks {
  const newHour = looks.hourBegan === null || now.getTime() - looks.hourBegan.getTime() >= HOUR
  return {
    planned: looks.planned + (urgency === 'plan' ? 1 : 0),
    hourBegan: newHour ? now : looks.hourBegan,
    thisHour: newHour ? 1 : looks.thisHour + 1,
  }
}

/**
 * Days after a payment is settled on which it is looked at once more, though nobody has told us anything: a refund made
 * in the provider's own pages or a dispute whose webhooks were lost would else never be known here. Card holders may
 * dispute for 120 days.
 */
export const lateLooks = [1, 10, 40, 130] as const

/** The next of them; null after the last. */
export function nextLateLook(settledAt: Date, now: Date): Date | null {
  const dates = lateLooks.map((days) => new Date(settledAt.getTime() + days * 24 * HOUR))
  return dates.find((date) => date > now) ?? null
}
