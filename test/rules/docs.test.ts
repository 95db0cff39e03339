import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { parse } from 'yaml'
import { drawArchitecture, drawnArchitecture } from '../../docs/draw-architecture.ts'
import { createMetrics } from '../../src/base/metrics.ts'
import { settingsSchemaWith } from '../../src/config/load.ts'
import { settingPlaces } from '../../src/config/places.ts'
import { connect } from '../../src/database/database.ts'
import { migrate } from '../../src/database/migrate.ts'
import { tryDatabase } from '../../src/database/try-out.ts'
import { knownProviders } from '../../src/outside/providers/list.ts'
import { filesIn, root } from './source.ts'

const pages = filesIn(['docs', '.'], ['.md']).filter(({ path }) => /^(?:docs\/)?[^/]+[.]md$/.test(path))
const page = (name: string) => pages.find(({ path }) => path === `docs/${name}`)?.text ?? ''
/** The code blocks of a page in one language. */
const blocks = (name: string, language: string) =>
  [...page(name).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, code]) => code ?? '',
  )

describe('the documents', () => {
  it('draw the house as it stands: node docs/draw-architecture.ts', { timeout: 60_000 }, async () => {
    expect(drawnArchitecture()).toBe(await drawArchitecture())
  })

  it('link to files that are there', () => {
    const broken = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
        .map(([, target]) => target ?? '')
        .filter((target) => !existsSync(join(root, dirname(path), target)))
        .map((target) => `${path}: ${target}`),
    )
    expect(broken).toEqual([])
  })

  it('name files of ours that are there', () => {
    const named = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/`((?:src|test|docs|views|public)\/[\w./-]+[.](?:ts|cjs|ejs|md|css|sql))`/g)].map(
        ([, file]) => ({
          path,
          file: file ?? '',
        }),
      ),
    )
    expect(named.filter(({ file }) => !existsSync(join(root, file)))).toEqual([])
  })

  it('name settings that exist', () => {
    const known = new Set<string>()
    for (const { path } of settingPlaces(settingsSchemaWith(knownProviders)))
      for (let length = path.length; length > 0; length -= 1) known.add(path.slice(0, length).join('.'))
    const sections = [...known].filter((name) => !name.includes('.'))
    const setting = new RegExp(`\`((?:${sections.join('|')})[.][\\w.-]+)(?::[^\`]*)?\``, 'g')
    const wrong = pages.flatMap(({ path, text }) =>
      [...text.matchAll(setting)]
        .map(([, name]) => name ?? '')
        .filter(
          (name) =>
            !/[.](?:ts|yaml|md)$/.test(name) && !known.has(name) && !known.has(name.replace(/File$/, '')),
        )
        .map((name) => `${path}: ${name}`),
    )
    expect(wrong).toEqual([])
  })
})

describe('docs/operations.md', () => {
  it('watches figures that exist', () => {
    const rules = parse(blocks('operations.md', 'yaml')[0] ?? '') as {
      groups: { rules: { expr: string }[] }[]
    }
    const figures = rules.groups.flatMap((group) =>
      group.rules.flatMap(({ expr }) => expr.match(/kvitt_\w+/g) ?? []),
    )
    expect(figures.length).toBeGreaterThan(5)
    const health = filesIn(['src/areas/operations/pages'], ['health.ts'])[0]?.text ?? ''
    const watched = createMetrics(() => new Date()).registry.getMetricsAsArray()
    const known = [
      ...watched.map(({ name }) => name),
      ...[...health.matchAll(/gauge\(\s*'(\w+)'/g)].map(([, name]) => `kvitt_${name}`),
      ...[...health.matchAll(/name: '(kvitt_\w+)'/g)].map(([, name]) => name),
    ]
    for (const figure of figures) expect(known).toContain(figure.replace(/_bucket$/, ''))
  })

  it('has a unit that gives away nothing', () => {
    const unit = blocks('operations.md', 'ini')[0] ?? ''
    for (const line of [
      'User=kvitt',
      'NoNewPrivileges=yes',
      'ProtectSystem=strict',
      'PrivateTmp=yes',
      'CapabilityBoundingSet=',
      'UMask=0077',
    ])
      expect(unit.split('\n')).toContain(line)
    expect(unit).not.toMatch(/secret|password/i)
  })

  it('makes two logins with which it works, and the service may not touch what is booked', async () => {
    const server = inject('databaseServer')
    const mark = randomBytes(4).toString('hex')
    const renamed = (blocks('operations.md', 'sql')[0] ?? '')
      .split('\n')
      // One server serves all tests, and has this role already.
      .filter((line) => !line.startsWith('create role kvitt_service'))
      .join('\n')
      .replace(/\bkvitt_owner\b/g, `owner_${mark}`)
      .replace(/\brole kvitt\b/g, `role login_${mark}`)
      .replace(/\bdatabase kvitt\b/g, `database town_${mark}`)
    const admin = connect({ url: server, connections: 1, as: 'owner' })
    const login = (name: string, password: string) => {
      const address = new URL(server)
      address.username = name
      address.password = password
      address.pathname = `/town_${mark}`
      return address.href
    }
    const url = login(`login_${mark}`, 'SERVICE-PASSWORD')
    const ownerUrl = login(`owner_${mark}`, 'OWNER-PASSWORD')
    try {
      for (const statement of renamed.split(';')) if (statement.trim() !== '') await admin.query(statement)
      await migrate(ownerUrl)
      const answer = await tryDatabase({ url, ownerUrl, folder: 'none', connections: 4 }, '/')
      // All but one thing is as it should be: the tests' common server does not wait for the disk.
      expect(answer).toMatchObject({
        ok: false,
        trouble: { message: expect.stringContaining('fsync is off') },
      })
      const service = connect({ url, connections: 1, as: 'service' })
      await service.query('select * from payment')
      for (const wrong of [
        'update posting set amount = 1',
        'delete from payment_event',
        'drop table payment',
      ])
        await expect(service.query(wrong)).rejects.toThrow(/permission denied|must be owner/)
      await service.close()
    } finally {
      await admin.query(`drop database if exists town_${mark} with (force)`)
      await admin.query(`drop role if exists login_${mark}`)
      await admin.query(`drop role if exists owner_${mark}`)
      await admin.close()
    }
  })
})
