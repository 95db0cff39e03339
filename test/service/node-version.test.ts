import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const file = fileURLToPath(new URL('../../src/service/node-version.cjs', import.meta.url))
const on = (version: string) =>
  spawnSync(
    process.execPath,
    [
      '--eval',
      `Object.defineProperty(process, 'versions', { value: { node: '${version}' } }); require(${JSON.stringify(file)})`,
    ],
    { encoding: 'utf8' },
  )

describe('what npm starts before Kvitt', () => {
  it('says nothing on the Node that Kvitt runs on', () => {
    expect(on('24.21.0')).toMatchObject({ status: 0, stderr: '', stdout: '' })
  })

  it('says on an older one what is the matter, and ends with 1', () => {
    expect(on('20.20.2')).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^Kvitt runs on Node 24, and this is Node 20[.]20[.]2[.]\n\n {2}\w.*[.]\n$/,
      ),
    })
  })
})
