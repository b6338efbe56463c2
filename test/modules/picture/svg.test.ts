import { expect } from 'chai'
import { Generator, programSvg, Sequential } from '../../../src/modules/index.ts'
import { escaped } from '../../../src/modules/picture/svg.ts'

const of = (name: string, instructions = 'Say it.') =>
  new Sequential({ name, modules: [new Generator({ instructions, schema: { type: 'string' } })] })

describe('programSvg', () => {
  it('is one picture, the same for the same program', () => {
    const svg = programSvg(of('Speaker'))
    expect(svg).to.match(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 \d+ \d+"/)
    expect(svg.match(/class="box /g)).to.have.length(2)
    expect(svg.match(/class="port"/g)).to.have.length(2)
    expect(svg.match(/class="arrow"/g)).to.have.length(2)
    expect(svg).to.contain('gives string')
    expect(programSvg(of('Speaker'))).to.equal(svg)
  })

  it('takes whatever a program says for text', () => {
    const svg = programSvg(of('</title><script>alert(1)</script>', '"><img src=x onerror=alert(1)>\u0000'))
    expect(svg)
      .not.to.match(/<script|<img/)
      .and.not.contain('\u0000')
    expect(svg).to.contain('&lt;script&gt;')
    expect(escaped('a\ud800b & <c> "d" \u0007')).to.equal('ab &amp; &lt;c&gt; &quot;d&quot; ')
    expect(escaped('🌲')).to.equal('🌲')
  })
})
