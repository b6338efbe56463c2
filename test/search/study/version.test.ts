import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { VERSION } from '../../../src/search/study/version.ts'

describe('the version', () => {
  it('is that of the package', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'))
    expect(VERSION).to.equal(manifest.version)
  })
})
