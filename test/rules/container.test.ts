import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { root } from './source.ts'

const read = (name: string) => readFileSync(join(root, name), 'utf8')
const SECRET =
  /(?:secret|password|passwd|token|key)[^=:\n]*[=:]\s*["']?(?!\/run\/secrets|[./]|password'|\s|$)[\w+/-]{6,}/i

/** The instructions of a Dockerfile, one a line, without comments. */
const instructions = read('Dockerfile')
  .replace(/^\s*#.*$/gm, '')
  .replace(/\\\n/g, ' ')
  .split('\n')
  .map((line) => line.trim())
  .filter((line) => line !== '')
const stages = instructions.join('\n').split(/^(?=FROM )/m)
const last = (stages.at(-1) ?? '').split('\n')
const named = (name: string) => last.filter((line) => line.startsWith(`${name} `))

describe('the image', () => {
  it('is built on Node 24 and nothing else', () => {
    const bases = instructions.filter((line) => line.startsWith('FROM ')).map((line) => line.split(' ')[1])
    expect(new Set(bases)).toEqual(new Set(['node:24-slim']))
  })

  it('runs as a user by number who is not root, from the last line that names one', () => {
    expect(named('USER').at(-1)).toMatch(/^USER [1-9]\d*(?::[1-9]\d*)?$/)
    const after = last.slice(last.findIndex((line) => line.startsWith('USER ')))
    expect(after.filter((line) => /^(?:RUN|COPY|ADD) /.test(line))).toEqual([])
  })

  it('starts node itself, so that signals reach it', () => {
    expect(named('CMD')).toEqual([
      'CMD ["node", "--max-old-space-size=256", "--max-semi-space-size=4", "src/main.js"]',
    ])
    expect(named('ENTRYPOINT')).toEqual([])
  })

  it('says whether it lives', () => {
    expect(named('HEALTHCHECK').join()).toMatch(/CMD \["node", .*\/healthz/)
  })

  it('installs by the lock file, without the packages for development', () => {
    expect(stages[0]).toMatch(/npm ci --omit=dev/)
    expect(instructions.join('\n')).not.toMatch(/npm (?:install|i) |apt-get|curl |wget /)
  })

  it('holds no secret', () => {
    expect(instructions.filter((line) => SECRET.test(line))).toEqual([])
    expect(instructions.filter((line) => line.startsWith('ARG '))).toEqual([])
  })

  it('takes in only what .dockerignore names, and not the sandbox', () => {
    const rules = read('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
    expect(rules[0]).toBe('*')
    const allowed = rules.filter((line) => line.startsWith('!')).map((line) => line.slice(1))
    const copied = instructions
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
      .flatMap((line) => line.split(/\s+/).slice(1, -1))
    expect([...new Set(copied)].sort()).toEqual(allowed.sort())
    expect(allowed).not.toContain('sandbox')
  })
})

interface Service {
  image: string
  user?: string
  read_only?: boolean
  privileged?: boolean
  tmpfs?: string[]
  cap_drop?: string[]
  security_opt?: string[]
  mem_limit?: string
  ports?: string[]
  volumes?: string[]
  environment?: Record<string, string>
  networks?: string[]
  secrets?: string[]
  stop_grace_period?: string
}

describe('compose.yaml', () => {
  const text = read('compose.yaml')
  const compose = parse(text) as {
    services: { kvitt: Service; database: Service }
    networks: Record<string, { internal?: boolean }>
    secrets: Record<string, { file?: string }>
  }
  const { kvitt, database } = compose.services

  it('gives Kvitt nothing to write to, no power and a limit', () => {
    expect(kvitt).toMatchObject({
      user: '1000:1000',
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    })
    expect(kvitt.tmpfs?.[0]).toMatch(/^\/tmp/)
    expect(kvitt.mem_limit).toBeDefined()
    expect(kvitt.volumes?.every((mount) => mount.endsWith(':ro'))).toBe(true)
    expect(kvitt.privileged ?? database.privileged).toBeUndefined()
  })

  it('opens one port, on this machine only, and none of the database', () => {
    expect(kvitt.ports?.every((port) => port.startsWith('127.0.0.1:'))).toBe(true)
    expect(database.ports).toBeUndefined()
    expect(database.networks).toEqual(['tables'])
    expect(compose.networks.tables?.internal).toBe(true)
  })

  it('holds no secret: each is a file', () => {
    expect(text.split('\n').filter((line) => SECRET.test(line.replace(/^\s*#.*/, '')))).toEqual([])
    expect(Object.values(compose.secrets).every(({ file }) => file?.startsWith('./secrets/'))).toBe(true)
    expect(database.secrets?.sort()).toEqual(Object.keys(compose.secrets).sort())
    expect(Object.keys(kvitt.environment ?? {})).toEqual([])
  })

  it('names the version of each image, ours being that of package.json', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string }
    expect(kvitt.image).toBe(`kvitt:${version}`)
    expect(database.image).toMatch(/^postgres:\d+/)
  })

  it('waits longer for the end than Kvitt takes', () => {
    expect(Number.parseInt(kvitt.stop_grace_period ?? '0', 10)).toBeGreaterThanOrEqual(30)
  })
})
