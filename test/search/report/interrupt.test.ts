import { expect } from 'chai'
import { onInterrupt } from '../../../src/search/index.ts'

describe('Ctrl-C', () => {
  it('aborts once, and the next one is not caught', () => {
    const before = process.listenerCount('SIGINT')
    const interrupt = onInterrupt()
    expect(process.listenerCount('SIGINT')).to.equal(before + 1)
    process.emit('SIGINT')
    expect(interrupt.signal.aborted).to.equal(true)
    expect(process.listenerCount('SIGINT')).to.equal(before)
  })

  it('is listened for until it is closed', () => {
    const before = process.listenerCount('SIGINT')
    const interrupt = onInterrupt()
    interrupt[Symbol.dispose]()
    expect(process.listenerCount('SIGINT')).to.equal(before)
    expect(interrupt.signal.aborted).to.equal(false)
  })
})
