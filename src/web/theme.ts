import { contrast, lightened } from './contrast.ts'

export type ThemeName = 'neutral' | 'koha' | 'demo'

/** What a theme decides; everything else is the stylesheet's. */
interface Theme {
  /** Links, buttons and the line at the top. */
  accent: string
  /** Behind the paper. */
  desk: string
  corner: string
}

export const themes: Record<ThemeName, Theme> = {
  neutral: { accent: '#0b5a52', desk: '#f1f2ee', corner: '3px' },
  // Koha's OPAC: link colour, page colour and corners (opac-tmpl/bootstrap/css/src/_variables.scss).
  koha: { accent: '#0074ad', desk: '#fcf9fc', corner: '6px' },
  demo: { accent: '#5a3a86', desk: '#f4f1f5', corner: '3px' },
}

/** The papers that the accent is read on; the stylesheet has the same two. */
export const paper = { light: '#ffffff', dark: '#1b1e1d' }

/** WCAG 2.2, 1.4.3: text. */
const ENOUGH = 4.5
/** In the dark the accent is made lighter by ourselves, and then rather more than enough. */
const AMPLE = 7

interface Look {
  theme: ThemeName
  accentColour?: string | undefined
}

/** Returns why the configured look cannot be used, in words for an operator; start-up refuses to go on. */
export function themeFaults({ library }: { library: Look }): string[] {
  const { accent, desk } = chosen(library)
  const reached = Math.min(contrast(accent, paper.light), contrast(accent, desk))
  if (reached >= ENOUGH) return []
  return [
    `library.accentColour: ${accent} on the page's ground ${desk} has a contrast of ${reached.toFixed(2)}:1, and text needs ${ENOUGH}:1; take a darker one`,
  ]
}

/** Returns the stylesheet that sets the theme's colours, for light and for dark. */
export function themeCss({ library }: { library: Look }): string {
  const { accent, desk, corner } = chosen(library)
  const inDark = lightened(accent, paper.dark, AMPLE)
  return [
    `@layer theme{:root{--accent:${accent};--on-accent:#ffffff;--desk:${desk};--corner:${corner}}`,
    `@media screen and (prefers-color-scheme:dark){:root{--accent:${inDark};--on-accent:#10211f;--desk:#111312}}}`,
    '',
  ].join('\n')
}

function chosen({ theme, accentColour }: Look): Theme {
  return { ...themes[theme], ...(accentColour === undefined ? {} : { accent: accentColour.toLowerCase() }) }
}
