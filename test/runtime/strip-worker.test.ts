import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { findSucrase, StripWorker } from '../../src/runtime/strip-worker.ts'

describe('a strip worker', () => {
  const opened: StripWorker[] = []
  afterEach(() => {
    for (const worker of opened.splice(0)) worker.close()
  })
  function open(time: number, path?: string, start = 20_000) {
    const worker = new StripWorker({ time, start }, path)
    opened.push(worker)
    return worker
  }

  it('gives the code without types, on the same lines', async () => {
    const worker = open(20_000)
    expect(await worker.strip('interface A {\n  x: number\n}\nconst a: A = { x: 1 } as A')).to.deep.equal({
      code: '\n\n\nconst a = { x: 1 } ',
    })
  })

  it('says what is wrong, and where', async () => {
    const worker = open(20_000)
    const flaw = 'SyntaxError: Unexpected token'
    expect(await worker.strip('let a = 1\nlet x: = 1')).to.deep.include({ flaw, line: 2, column: 8 })
    expect(await worker.strip('('.repeat(100_000))).to.include({ flaw: 'the script is nested too deeply' })
  })

  it('gives up on what takes for ever, and goes on with the next', async () => {
    const worker = open(400)
    const texts = ['f<a>('.repeat(24), 'let a: 1', 'let b: 2']
    const start = performance.now()
    const all = await Promise.all(texts.map(text => worker.strip(text)))
    expect(performance.now() - start).to.be.within(400, 5000)
    expect(all).to.deep.equal([{ over: 400 }, { code: 'let a' }, { code: 'let b' }])
  })

  it('says when sucrase cannot be used', async () => {
    const answer = await open(20_000, '/no/such/sucrase').strip('1')
    expect(answer).to.deep.equal({ unusable: "Cannot find module '/no/such/sucrase'" })
  })

  it('gives up a thread that does not come up, and starts another', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'slow-sucrase-'))
    const path = join(folder, 'slow.js')
    const starts = () => readdirSync(folder).length - 1
    const wait = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000)'
    const program = (slow: number) => `
      const fs = require('fs'), count = fs.readdirSync(${JSON.stringify(folder)}).length
      fs.mkdirSync(${JSON.stringify(folder)} + '/' + count)
      if (count <= ${slow}) ${wait}
      module.exports = { transform: text => ({ code: text + '!' }) }`
    try {
      writeFileSync(path, program(1))
      expect(await open(20_000, path, 500).strip('a')).to.deep.equal({ code: 'a!' })
      expect(starts()).to.equal(2)
      writeFileSync(path, program(99))
      const worker = open(20_000, path, 50)
      const all = await Promise.all([worker.strip('a'), worker.strip('b')])
      const late = { unusable: 'it did not start in 50 ms' }
      expect(all).to.deep.equal([late, late])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('is closed at any time, and says so', async () => {
    const worker = open(20_000)
    const asked = [worker.strip('let a: 1'), worker.strip('let b: 2')]
    worker.close()
    asked.push(worker.strip('let c: 3'))
    const closed = { unusable: 'it was closed' }
    expect(await Promise.all(asked)).to.deep.equal([closed, closed, closed])
  })

  it('finds sucrase where this package is', () => {
    expect(findSucrase()).to.include('sucrase')
  })
})
