import { expect } from 'chai'
import { StatusLine } from '../../../src/search/index.ts'
import { paper } from './paper.ts'

describe('a status line', () => {
  it('is written over on a terminal, no wider than it is, and taken away', () => {
    const output = paper({ isTTY: true, columns: 10 })
    const line = new StatusLine(output)
    line.show('0123456789')
    line.show('ab')
    line.clear()
    line.clear()
    expect(output.text).to.equal('\r012345678\u001b[K\rab\u001b[K\r\u001b[K')
  })

  it('makes way for lines that stay', () => {
    const output = paper({ isTTY: true, columns: 0 })
    const line = new StatusLine(output)
    line.show('12 %')
    line.say('done')
    expect(output.text).to.equal('\r12 %\u001b[K\r\u001b[Kdone\n')
  })

  it('is not there elsewhere, where lines stay', () => {
    const output = paper()
    const line = new StatusLine(output)
    line.show('12 %')
    line.say('done')
    line.clear()
    expect([line.isLive, output.text]).to.deep.equal([false, 'done\n'])
  })

  it('lets no text steer the terminal', () => {
    const output = paper({ isTTY: true })
    const line = new StatusLine(output)
    line.show('a\u001b[2J\nb')
    line.say('a\u001b]0;title\u0007b')
    expect(output.text).to.equal('\ra\ufffd[2J b\u001b[K\r\u001b[Ka\ufffd]0;title\ufffdb\n')
  })
})
