import { expect } from 'chai'
import { loadSyntax } from '../../../src/runtime/index.ts'
import { javascript } from '../../../src/testing/index.ts'

describe('the scripts of the suite in JavaScript', () => {
  it('are programs, but for those that must not be', async () => {
    const { parse } = await loadSyntax({ maxSource: 1000 })
    const { syntaxErrors, badResults, stubborn, constant, comment, otherEchoes, exits, ...scripts } =
      javascript
    const programs = [badResults, stubborn, otherEchoes, exits, scripts].flatMap(all => Object.values(all))
    for (const script of [...programs, constant({ a: [1] }), comment(10)])
      expect(parse(script), script).to.include({ ok: true })
    for (const script of syntaxErrors) expect(parse(script), script).to.include({ ok: false, line: 2 })
  })

  it('have comments of any length', () => {
    expect(javascript.comment(100)).to.have.length(100)
  })
})
