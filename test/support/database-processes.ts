import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The postmaster of a data folder and all its children. Each backend has a process group of its own. */
export function databaseProcesses(data: string): number[] {
  const postmaster = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
  const children = allProcesses().filter(({ parent }) => parent === postmaster)
  return [postmaster, ...children.map(({ id }) => id)]
}

/** Stops them all where they stand. Throws when one of them still runs: then it is no power cut. */
export function freeze(ids: number[]): void {
  for (const id of ids) signal(id, 'SIGSTOP')
  const end = performance.now() + 2000
  let running = ids
  while (running.length > 0 && performance.now() < end)
    running = running.filter((id) => !['T', 'Z', undefined].includes(stateOf(id)))
  if (running.length > 0) throw new Error(`These would not stop: ${running.join(' ')}`)
}

export function kill(ids: number[]): void {
  for (const id of ids) signal(id, 'SIGKILL')
}

export async function untilGone(ids: number[]): Promise<void> {
  while (ids.some((id) => ![undefined, 'Z'].includes(stateOf(id))))
    await new Promise((later) => setTimeout(later, 20))
}

/** Sends a signal to one of them, if it still lives. */
export function signal(id: number, name: NodeJS.Signals): void {
  try {
    process.kill(id, name)
  } catch {
    // It has ended by itself meanwhile.
  }
}

function stateOf(id: number): string | undefined {
  try {
    return fieldsOf(id)[0]
  } catch {
    return undefined
  }
}

/** State and parent, of /proc/ID/stat; the name in brackets before them may hold anything. */
function fieldsOf(id: number): string[] {
  const text = readFileSync(`/proc/${id}/stat`, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

function allProcesses(): { id: number; parent: number }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [{ id: Number(name), parent: Number(fieldsOf(Number(name))[1]) }]
      } catch {
        return []
      }
    })
}
