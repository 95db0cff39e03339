/**
 * The outside world as Kvitt sees it, a file for each neighbour: what a flow may ask of it. Adapters below `outside/` speak
 * the neighbours' own languages and answer in these words. Expected failures are values here; only our own mistakes throw.
 */

/** Why a neighbour gave no usable answer. `message` is for staff and logs; it never holds personal data or secrets. */
export interface Trouble {
  kind: 'unreachable' | 'timeout' | 'refused' | 'forbidden' | 'broken' | 'nonsense'
  message: string
}

export type Answer<T> = { ok: true; value: T } | { ok: false; trouble: Trouble }

/** A neighbour that can be tried by `kvitt check` and the operations page. */
export interface Reachable {
  /** One harmless call; says in words what was seen. */
  tryOut(): Promise<Answer<string>>
}
