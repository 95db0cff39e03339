/** What a person may do here. Everybody who is signed in is a borrower; the other roles are granted by the settings. */
export const roles = ['borrower', 'desk', 'economy', 'approver', 'operator', 'auditor'] as const
export type Role = (typeof roles)[number]
