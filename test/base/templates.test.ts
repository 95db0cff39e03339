import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTemplates, type Templates } from '../../src/base/templates.ts'

const files = {
  'people/list.ejs': `<% for (const name of page.names) { %><%- include('/parts/name', { name }) %><% } %>`,
  'parts/name.ejs': '<li title="<%= page.about %>"><%= page.name %></li>',
  'parts/later.ejs': `<%- include('/parts/name', { name: 'Elsa' }) %>[<%= page.name %>]`,
  'people/broken.ejs': '\n<p><%= page.person.name %></p>',
  'people/lost.ejs': `<%- include('/parts/nowhere') %>`,
  'letters/hello.txt.ejs': 'Hello <%= page.name %> & co',
  'letters/hello.html.ejs': `<p>Hello <%- include('/parts/name') %></p>`,
}

describe('templates', () => {
  let folder: string
  let templates: Templates
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kvitt-templates-'))
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    templates = createTemplates(folder)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('escape what they write, and included ones see the page around them', () => {
    expect(templates.render('people/list', { names: ['<Elsa>', 'Åsa'], about: '"' })).toBe(
      '<li title="&#34;">&lt;Elsa&gt;</li><li title="&#34;">Åsa</li>',
    )
  })

  it('keep what an included one was given from the page around it', () => {
    expect(templates.render('parts/later', { about: '' })).toBe('<li title="">Elsa</li>[]')
  })

  it('say in which file and on which line something went wrong', () => {
    expect(() => templates.render('people/broken', {})).toThrow(/people\/broken\.ejs:2\n/)
    expect(() => templates.render('people/lost', {})).toThrow('There is no template parts/nowhere')
  })

  it('are all read at start: one that is no EJS is found then', () => {
    const broken = mkdtempSync(join(tmpdir(), 'kvitt-templates-'))
    writeFileSync(join(broken, 'half.ejs'), '<% if (page.name) { %>')
    expect(() => createTemplates(broken)).toThrow('half.ejs')
    rmSync(broken, { recursive: true })
  })

  it('make a letter of text, which is not escaped, and HTML, which is', () => {
    expect(templates.renderLetter('letters/hello', { name: '<Elsa>', about: '' })).toEqual({
      text: 'Hello <Elsa> & co',
      html: '<p>Hello <li title="">&lt;Elsa&gt;</li></p>',
    })
  })

  it('make no letter of which something is missing', () => {
    expect(() => templates.renderLetter('letters/hello', { name: 'Elsa' })).toThrow('The letter has no about')
  })
})
