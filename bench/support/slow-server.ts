import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { startEmbedded } from '../../src/database/embedded/embedded.ts'

/** Comes before the C library's own: each wait for the disk takes so much longer. */
const SHIM = `#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>
static int slowly(const char *name, int file) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  usleep(SLOWER_MICROSECONDS);
  return real(file);
}
int fsync(int file) { return slowly("fsync", file); }
int fdatasync(int file) { return slowly("fdatasync", file); }
`

export interface SlowServer {
  url: string
  stop(): Promise<void>
}

/** An embedded PostgreSQL whose every wait for the disk takes so many milliseconds longer; or why there can be none. */
export async function startSlowServer(milliseconds: number): Promise<SlowServer | string> {
  if (process.platform !== 'linux') return 'the shim that slows the disk is for Linux'
  const library = mkdtempSync(join(tmpdir(), 'kvitt-bench-shim-'))
  const shim = compile(library, milliseconds)
  if (shim === undefined) return 'no C compiler (cc) for the shim that slows the disk'

  const tables = mkdtempSync(join(tmpdir(), 'kvitt-bench-'))
  // Started as the product does it, to learn how; then again in the same way with the shim.
  const plain = await startEmbedded(tables)
  const postmaster = readFileSync(join(tables, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]
  const program = readlinkSync(`/proc/${postmaster}/exe`)
  const parameters = readFileSync(`/proc/${postmaster}/cmdline`, 'utf8').split('\0').slice(1, -1)
  const { uid, gid } = statSync(join(tables, 'data'))
  await plain.stop()
  const server = spawn(program, parameters, {
    uid,
    gid,
    stdio: 'ignore',
    env: { PATH: process.env.PATH, LC_ALL: 'C', LD_PRELOAD: shim },
  })
  await untilItAnswers(plain.url)
  return {
    url: plain.url,
    stop: async () => {
      const gone = new Promise((done) => server.once('exit', done))
      server.kill('SIGINT')
      await gone
      for (const place of [library, tables]) rmSync(place, { recursive: true, force: true })
    },
  }
}

function compile(folder: string, milliseconds: number): string | undefined {
  const source = join(folder, 'slow.c')
  const shim = join(folder, 'slow.so')
  writeFileSync(source, SHIM.replace('SLOWER_MICROSECONDS', String(milliseconds * 1000)))
  const made = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', shim, source, '-ldl'])
  // PostgreSQL may run as another user than we do.
  spawnSync('chmod', ['-R', 'a+rX', folder])
  return made.status === 0 ? shim : undefined
}

async function untilItAnswers(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const client = new pg.Client({ connectionString: url })
    const answered = await client.connect().then(
      () => true,
      () => false,
    )
    await client.end().catch(() => {})
    if (answered) return
    await pause(50)
  }
  throw new Error('The slow PostgreSQL did not become ready')
}
