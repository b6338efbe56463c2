import { expect } from 'chai'
import { findSucrase, StripWorker } from '../../src/runtime/strip-worker.ts'

describe('a strip worker', () => {
  it('gives the code without types, on the same lines', async () => {
    const worker = new StripWorker(20_000)
    expect(await worker.strip('interface A {\n  x: number\n}\nconst a: A = { x: 1 } as A')).to.deep.equal({
      code: '\n\n\nconst a = { x: 1 } ',
    })
  })

  it('says what is wrong, and where', async () => {
    const worker = new StripWorker(20_000)
    const flaw = 'SyntaxError: Unexpected token'
    expect(await worker.strip('let a = 1\nlet x: = 1')).to.deep.include({ flaw, line: 2, column: 8 })
    expect(await worker.strip('('.repeat(100_000))).to.include({ flaw: 'the script is nested too deeply' })
  })

  it('gives up on what takes for ever, and goes on with the next', async () => {
    const worker = new StripWorker(400)
    const texts = ['f<a>('.repeat(24), 'let a: 1', 'let b: 2']
    const start = performance.now()
    const all = await Promise.all(texts.map(text => worker.strip(text)))
    expect(performance.now() - start).to.be.within(400, 5000)
    expect(all).to.deep.equal([{ over: 400 }, { code: 'let a' }, { code: 'let b' }])
  })

  it('says when sucrase cannot be used', async () => {
    const answer = await new StripWorker(20_000, '/no/such/sucrase').strip('1')
    expect(answer).to.deep.equal({ unusable: "Cannot find module '/no/such/sucrase'" })
  })

  it('finds sucrase where this package is', () => {
    expect(findSucrase()).to.include('sucrase')
  })
})
