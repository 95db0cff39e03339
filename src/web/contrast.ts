/** How well two colours stand apart, and the colours that follow from an accent. Colours are `#rrggbb`. */

/** Contrast as WCAG 2.2 counts it (relative luminance): 1 for the same colour, 21 for black on white. */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/**
 * Returns the colour made lighter, in its own hue and a little paler, until it stands out so much from a dark ground.
 */
export function lightened(colour: string, ground: string, wanted: number): string {
  const { hue, saturation, lightness } = hslOf(colour)
  for (let light = lightness; light < 1; light += 0.02) {
    const lighter = hexOf({ hue, saturation: saturation * 0.7, lightness: light })
    if (contrast(lighter, ground) >= wanted) return lighter
  }
  return '#ffffff'
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
}

interface Hsl {
  /** Degrees. */
  hue: number
  saturation: number
  lightness: number
}

function hslOf(colour: string): Hsl {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => value / 255)
  const most = Math.max(red, green, blue)
  const spread = most - Math.min(red, green, blue)
  const lightness = most - spread / 2
  if (spread === 0) return { hue: 0, saturation: 0, lightness }
  const sector =
    most === red
      ? (green - blue) / spread
      : most === green
        ? 2 + (blue - red) / spread
        : 4 + (red - green) / spread
  return { hue: (sector * 60 + 360) % 360, saturation: spread / (1 - Math.abs(2 * lightness - 1)), lightness }
}

function hexOf({ hue, saturation, lightness }: Hsl): string {
  const reach = saturation * Math.min(lightness, 1 - lightness)
  const channel = (at: number) => {
    const place = (at + hue / 30) % 12
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(place - 3, 9 - place, 1))))
  }
  return `#${[0, 8, 4].map((at) => channel(at).toString(16).padStart(2, '0')).join('')}`
}
