import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import type { City } from '../city.ts'
import { allPay } from '../crowd.ts'
import type { Fault } from '../drill.ts'
import { wait } from '../steps.ts'

/** Runs a program of the system; throws with what it said when it fails. */
function run(program: string, ...parameters: string[]): void {
  const { status, stderr, error } = spawnSync(program, parameters, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program}: ${stderr || error?.message}`)
}

/** Whether a small file system of our own can be mounted: as root, on Linux. */
function whyNot(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root can mount a small disk to fill up'
  const place = '/tmp/kvitt-drill-mount'
  mkdirSync(place, { recursive: true })
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'kvitt-drill', place])
  if (status === 0) run('umount', place)
  rmSync(place, { recursive: true, force: true })
  return status === 0 ? undefined : 'this machine does not let us mount a small disk to fill up'
}

/** The database moves onto a disk of its own with so many bytes to spare, does the work there, and moves back. */
async function onSmallDisk(
  { database }: City,
  spare: number,
  work: (place: string) => Promise<void>,
): Promise<void> {
  const { folder } = database
  const home = `${folder}-on-the-large-disk`
  await database.stop()
  const { stdout } = spawnSync('du', ['-sk', folder], { encoding: 'utf8' })
  const kilobytes = Number(stdout.split('\t')[0]) + spare
  const { uid, gid } = statSync(folder)
  renameSync(folder, home)
  mkdirSync(folder)
  const options = `size=${kilobytes}k,uid=${uid},gid=${gid},mode=0700`
  run('mount', '-t', 'tmpfs', '-o', options, 'kvitt-drill', folder)
  try {
    run('cp', '-a', `${home}/.`, folder)
    await database.start()
    await work(folder)
    await database.stop()
    rmSync(home, { recursive: true })
    cpSync(folder, home, { recursive: true, preserveTimestamps: true })
    run('cp', '-a', `${folder}/.`, home)
  } finally {
    run('umount', '-l', folder)
    rmSync(folder, { recursive: true, force: true })
    renameSync(home, folder)
  }
  await database.start()
}

/** PostgreSQL's disk is full: it can neither write its log nor grow a table, and may go down with it. */
export const diskFaults: Fault[] = [
  {
    name: 'disk full',
    done: "the database's disk is filled to the last byte while people pay, the server goes down with it, and both come back after 3 s",
    kvitt:
      'What cannot be stored is not acknowledged: webhooks are answered 503 and come again, pages say that it does not work just now. PostgreSQL keeps what was committed, also when it has to be started anew.',
    staff: '/readyz says 503; pages say so',
    checks: ['stored before it is acknowledged'],
    passes: 100,
    skipped: whyNot,
    run: (city, crowd) =>
      onSmallDisk(city, 48_000, async (place) => {
        const ballast = `${place}/ballast`
        await allPay(city, crowd, {
          press: 'vanish',
          together: () => fill(city, ballast),
        })
        await wait(2500)
        rmSync(ballast)
        // A server that went down with its disk is started again by whoever keeps it.
        if (!existsSync(`${place}/postmaster.pid`) || !(await answers(city))) await city.database.stop()
        await city.database.start()
      }),
  },
]

/** Fills what is free, and then PostgreSQL's own log until it cannot go on: that takes the server down. */
async function fill(city: City, ballast: string): Promise<void> {
  spawnSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=64k'])
  for (let tries = 0; tries < 100; tries += 1) {
    const written = await city
      .sql(`select pg_logical_emit_message(true, 'drill', repeat('x', 4000000))`)
      .then(
        () => true,
        () => false,
      )
    if (!written) return
  }
  throw new Error('the disk does not become full')
}

async function answers(city: City): Promise<boolean> {
  return city.sql('select 1').then(
    () => true,
    () => false,
  )
}
