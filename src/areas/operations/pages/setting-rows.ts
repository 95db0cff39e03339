export interface SettingRow {
  /** `koha.auth.kind` */
  name: string
  value: string
}

/** Longer values (certificates) are cut: this is for looking, not for copying. */
const LONGEST = 120

/** Settings as a table: one row for each value, lists of simple values in one row. */
export function settingRows(settings: unknown, path: string[] = []): SettingRow[] {
  const name = path.join('.')
  if (Array.isArray(settings)) return rowsOfList(settings, name, path)
  if (typeof settings === 'object' && settings !== null)
    return Object.entries(settings).flatMap(([key, value]) => settingRows(value, [...path, key]))
  return settings === undefined ? [] : [{ name, value: shortened(String(settings)) }]
}

function rowsOfList(list: unknown[], name: string, path: string[]): SettingRow[] {
  if (list.some((one) => typeof one === 'object' && one !== null))
    return list.flatMap((one, index) =>
      settingRows(one, [...path.slice(0, -1), `${path.at(-1)} ${index + 1}`]),
    )
  return [{ name, value: list.map((one) => shortened(String(one))).join(', ') || '–' }]
}

function shortened(value: string): string {
  const line = value.replace(/\s+/g, ' ')
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}
