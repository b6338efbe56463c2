import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { findPeer } from '../../src/runtime/peer.ts'

describe('findPeer', () => {
  it('finds a package where this one is', () => {
    expect(findPeer('sucrase')).to.include('sucrase')
    expect(findPeer('no-such-package')).to.equal(undefined)
  })

  it('finds a package in the folder of the program', () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'peer-')))
    const own = process.cwd()
    try {
      mkdirSync(join(folder, 'node_modules/only-there'), { recursive: true })
      writeFileSync(join(folder, 'node_modules/only-there/index.js'), '')
      process.chdir(folder)
      expect(findPeer('only-there')).to.equal(join(folder, 'node_modules/only-there/index.js'))
    } finally {
      process.chdir(own)
      rmSync(folder, { recursive: true })
    }
  })
})
