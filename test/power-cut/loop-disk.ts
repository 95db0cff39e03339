import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** A file system of its own in one file: what is in the file is what would be on the disk after a power cut. */
export interface LoopDisk {
  /** Where it is mounted. */
  place: string
  /** The file as it is at this instant, as another disk. What only stands in memory is not in it. */
  snapshot(name: string): LoopDisk
  mount(): void
  unmount(): void
  remove(): void
}

const MEGABYTES = 192

/** Why a disk of its own cannot be had here; undefined when it can. */
export function whyNoLoopDisk(): string | undefined {
  if (process.platform !== 'linux') return 'loop devices are Linux'
  if (process.getuid?.() !== 0) return 'mounting needs root'
  if (!existsSync('/dev/loop-control')) return 'there is no /dev/loop-control'
  for (const tool of ['mkfs.ext4', 'mount', 'umount', 'cp'])
    if (!existsTool(tool)) return `there is no ${tool}`
  return undefined
}

function existsTool(name: string): boolean {
  return `${process.env.PATH}:/sbin:/usr/sbin`.split(':').some((folder) => existsSync(join(folder, name)))
}

function run(program: string, ...parameters: string[]): void {
  const PATH = `${process.env.PATH}:/sbin:/usr/sbin`
  execFileSync(program, parameters, { stdio: ['ignore', 'ignore', 'inherit'], env: { PATH } })
}

/** Makes an empty disk, not mounted yet. Throws when the machine refuses. */
export function makeLoopDisk(folder: string, name: string): LoopDisk {
  const image = join(folder, `${name}.img`)
  run('truncate', '-s', `${MEGABYTES}M`, image)
  run('mkfs.ext4', '-q', '-F', image)
  return diskIn(folder, name, image)
}

function diskIn(folder: string, name: string, image: string): LoopDisk {
  const place = join(folder, name)
  let mounted = false
  const unmount = () => {
    if (mounted) run('umount', place)
    mounted = false
  }
  return {
    place,
    mount: () => {
      mkdirSync(place, { recursive: true })
      run('mount', '-o', 'loop', image, place)
      mounted = true
      // PostgreSQL runs as another user than root and has to get in.
      chmodSync(place, 0o755)
    },
    unmount,
    snapshot: (other) => {
      const copy = join(folder, `${other}.img`)
      rmSync(copy, { force: true })
      copyFileSync(image, copy)
      return diskIn(folder, other, copy)
    },
    remove: () => {
      unmount()
      rmSync(image, { force: true })
    },
  }
}
