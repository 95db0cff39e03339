/** How well two colours stand apart, and the colours that follow from an accent. Colours are `#rrggbb`. */

/** Contrast as WCAG 2.2 counts it (relative luminance): 1 for the same colour, 21 for black on white. */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** Between two colours: `share` 0 is the first, 1 the second. */
export function mix(from: string, to: string, share: number): string {
  const target = channels(to)
  const mixed = channels(from).map((value, index) =>
    Math.round(value + ((target[index] ?? value) - value) * share),
  )
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

/** The colour itself when it stands out enough from the ground, or else the first step towards `to` that does. */
export function movedUntil(colour: string, to: string, ground: string, wanted: number): string {
  for (let share = 0; share < 1; share += 0.04) {
    const moved = mix(colour, to, share)
    if (contrast(moved, ground) >= wanted) return moved
  }
  return to
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
