import { describe, expect, it } from 'vitest'
import { all, only, readXml } from '../../../src/outside/saml/xml-element.ts'

describe('the reader of plain XML', () => {
  it('reads elements, attributes in either quotes, texts and the entities of XML', () => {
    const root = readXml(
      '<?xml version="1.0" encoding="UTF-8"?>\n<s:A xmlns:s="x" One="1 &lt; 2" s:Two=\'"\'><B/>t&amp;&#229;&#x1F600;<s:B n="2">ä</s:B ></s:A>\n',
    )
    expect(root).toMatchObject({ name: 'A', attributes: { One: '1 < 2', 's:Two': '"' }, text: 't&å😀' })
    expect(root && all(root, 'B').map(({ text }) => text)).toEqual(['', 'ä'])
    expect(root && only(root, 'B')).toBeUndefined()
    expect(root && only(root, 'C')).toBeUndefined()
  })

  it.each([
    ['', 'nothing'],
    ['text', 'no element'],
    ['<a>', 'an open element'],
    ['<a></b>', 'another end'],
    ['<a></s:a>', 'the same name under another prefix'],
    ['</a>', 'an end without a start'],
    ['<a/><b/>', 'two roots'],
    ['<a/>text', 'text after the root'],
    ['text<a/>', 'text before the root'],
    ['<a b="1" b="2"/>', 'an attribute twice'],
    ['<a b=1/>', 'an attribute without quotes'],
    ['<a b="<"/>', 'a bracket in an attribute'],
    ['<a>&nbsp;</a>', 'an unknown entity'],
    ['<a>&</a>', 'a bare ampersand'],
    ['<a>&#0;</a>', 'character 0'],
    ['<a>&#9999999;</a>', 'a character beyond Unicode'],
    ['<a b="&x;"/>', 'an entity in an attribute'],
    ['<a><!-- --></a>', 'a comment'],
    ['<a><![CDATA[x]]></a>', 'CDATA'],
    ['<!DOCTYPE a><a/>', 'a doctype'],
    ['<?xml version="1.0"?><?xml version="1.0"?><a/>', 'two declarations'],
    ['<?xml version="1.0" encoding="UTF-16"?><a/>', 'another encoding'],
    ['<a><?b?></a>', 'an instruction'],
    ['< a/>', 'a blank before the name'],
  ])('%j: refused (%s)', (text) => {
    expect(readXml(text)).toBeUndefined()
  })

  it('stays quick on what is made to be slow', () => {
    const start = performance.now()
    readXml(`<a ${'b="1" '.repeat(20_000)}`)
    readXml(`<a ${' '.repeat(100_000)}`)
    readXml(`<a>${'&'.repeat(100_000)}</a>`)
    readXml(`<a ${'b'.repeat(100_000)}`)
    readXml('<a>'.repeat(30_000))
    expect(performance.now() - start).toBeLessThan(3000)
  })
})
