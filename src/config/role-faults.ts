import type { Fault } from './tree.ts'

interface Sections {
  people: { rolesFrom: { attribute: string; value: string }[] }
  saml: { federation?: { idps: { trustedAttributes: string[] }[] } | undefined }
}

/**
 * Returns rows of people.rolesFrom that can never give anybody a role: in a federation an attribute without a scope
 * counts only from those who are trusted with it. A mistake that would show as nothing happening is told at the
 * start.
 */
export function roleFaults({ people, saml }: Sections): Fault[] {
  if (!saml.federation) return []
  const trusted = new Set(saml.federation.idps.flatMap((idp) => idp.trustedAttributes))
  return people.rolesFrom.flatMap(({ attribute, value }, index) =>
    value.includes('@') || trusted.has(attribute)
      ? []
      : [
          `people.rolesFrom (entry ${index + 1}): nobody is trusted with ${attribute}: name it in saml.federation.idps, under trustedAttributes of those you trust with it`,
        ],
  )
}
