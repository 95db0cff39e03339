export interface Jobs {
  /**
   * Says "look now" to a kind of work, by the name that it is registered under. Call it after the commit that made work.
   * What remains to be done stands in our rows: losing a wake loses no work, the workers look by themselves too.
   */
  wake(work: string): void
}

/** Wakes within this process. Other instances find the work when they next look. */
export interface Bell extends Jobs {
  onWake(work: string, listener: () => void): void
}

export function createBell(): Bell {
  const listeners = new Map<string, () => void>()
  return {
    wake: (work) => listeners.get(work)?.(),
    onWake: (work, listener) => {
      listeners.set(work, listener)
    },
  }
}
