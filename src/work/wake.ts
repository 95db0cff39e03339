/** The kinds of work that go on by themselves. What remains to be done stands in our rows; a wake only says "look now". */
export type Work = 'webhooks' | 'payments' | 'refunds' | 'write-backs' | 'notices'

export interface Jobs {
  /** Call after the commit that made work. Losing a wake loses no work: the workers look by themselves too. */
  wake(work: Work): void
}

/** Wakes within this process. Other instances find the work when they next look. */
export interface Bell extends Jobs {
  onWake(work: Work, listener: () => void): void
}

export function createBell(): Bell {
  const listeners = new Map<Work, () => void>()
  return {
    wake: (work) => listeners.get(work)?.(),
    onWake: (work, listener) => {
      listeners.set(work, listener)
    },
  }
}
