import type { Fault } from './tree.ts'

interface Sections {
  people: { rolesFrom: { attribute: string; value: string }[] }
  saml: { federation?: { idps: { believed: string[] }[] } | undefined }
}

/**
 * Rows of people.rolesFrom that can never give anybody a role: in a federation an attribute without a scope counts only
 * from those who are believed about it. A mistake that would show as nothing happening is told at the start.
 */
export function roleFaults({ people, saml }: Sections): Fault[] {
  if (!saml.federation) return []
  const believed = new Set(saml.federation.idps.flatMap((idp) => idp.believed))
  return people.rolesFrom.flatMap(({ attribute, value }, index) =>
    value.includes('@') || believed.has(attribute)
      ? []
      : [
          `people.rolesFrom (entry ${index + 1}): nobody is believed about ${attribute}: name it in saml.federation.idps, under believed, of whom you trust with it`,
        ],
  )
}
