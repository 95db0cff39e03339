/** VAT category as in EN 16931: O outside the scope of VAT, E exempt, S standard rate, Z zero rate. */
export type VatCategory = 'O' | 'E' | 'S' | 'Z'

/** Coding (kontering): the account and the rest of the code string that an amount belongs to. */
export interface Coding {
  account: string
  costCentre: string
  activity: string | null
  project: string | null
  counterparty: string | null
  vat: VatCategory
}
