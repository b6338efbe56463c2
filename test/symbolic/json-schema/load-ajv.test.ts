/** ajv is loaded once, and not before it is needed. */

import { execFileSync } from 'node:child_process'
import { expect } from 'chai'
import { loadAjv } from '../../../src/symbolic/json-schema/load-ajv.ts'

describe('loadAjv', () => {
  it('gives one instance', () => {
    expect(loadAjv()).to.equal(loadAjv())
    expect(loadAjv().compile({ type: 'integer' })(1)).to.equal(true)
  })

  it('leaves ajv alone until a schema needs it', () => {
    const script = `
      import { createRequire } from 'node:module'
      const { f } = await import('espalier/symbolic')
      const isLoaded = () => Object.keys(createRequire(import.meta.url).cache).some(file => file.includes('/ajv/'))
      const before = isLoaded()
      f.jsonSchema({})
      console.log(before, isLoaded())`
    const args = ['--import', 'tsx', '--conditions=espalier-source', '--input-type=module', '-e', script]
    expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).to.equal('false true\n')
  }).timeout(30_000)
})
