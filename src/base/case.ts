/** Data of a case, as its kind reads it: sums in öre, references, others' ids. No personal data. */
export type CaseFacts = object

/** Work that a person must look at. */
export interface Case {
  id: number
  kind: string
  /** What it is about: `payment`, `refund`, … */
  subjectKind: string
  /** The reference of that. */
  subject: string
  /** The payment that rests meanwhile. */
  paymentId: number | null
  facts: CaseFacts
  openedAt: Date
}

/** One of the kinds in a map from kind to facts, with its facts. */
export type CaseOf<Kinds> = {
  [Kind in keyof Kinds & string]: { kind: Kind; facts: Kinds[Kind] }
}[keyof Kinds & string] & { kind: string; facts: CaseFacts }

/** A case to be opened. */
export type NewCase = Omit<Case, 'id' | 'openedAt'> & { at: Date }

/** How a case ended: by whom (a part of Kvitt or a person), by which of its kind's ways, and why. */
export interface Closing {
  by: string
  how: string
  why: string | null
  at: Date
}
