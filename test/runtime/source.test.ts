import { expect } from 'chai'
import { findImport, findSourceFlaw } from '../../src/runtime/source.ts'

describe('findSourceFlaw', () => {
  it('passes an ordinary script', () => {
    expect(findSourceFlaw('result = inputs.important + obj.import(1)', 100)).to.equal(undefined)
  })

  it('refuses a script over the limit', () => {
    expect(findSourceFlaw('12345', 4)).to.include({ kind: 'source_too_large' })
  })

  it('refuses what is still in a fence', () => {
    expect(findSourceFlaw('```js\nresult = 1\n```', 100)).to.include({ kind: 'syntax', line: 1 })
  })

  it('says where an import stands', () => {
    expect(findSourceFlaw('let a\r\n  a = import("fs")', 100)).to.include({
      kind: 'syntax',
      line: 2,
      column: 7,
    })
  })
})

describe('findImport', () => {
  it('finds whatever the language takes for a dynamic import', () => {
    const imports = [
      'import("fs")',
      'import ("fs")',
      'import\n("fs")',
      'import\u2028("fs")',
      'import\ufeff("fs")',
      'import/* */("fs")',
      'import// \n("fs")',
      'import<!-- x\n("fs")',
      'import\n--> x\n("fs")',
      'import.meta',
      'import . source("x")',
      '[...import("fs")]',
      'x=>import("fs")',
      ['`$', '{import("fs")}`'].join(''),
      'a/* b. */import("fs")',
      '// a.\nimport("fs")',
      'a?.5:import("fs")',
    ]
    for (const script of imports) expect(findImport(script), script).to.be.at.least(0)
  })

  it('leaves names, properties and words alone', () => {
    const others = [
      'important("x")',
      'reimport("x")',
      'a.import("x")',
      'a?.import("x")',
      'this.#import(1)',
      '$import(1)',
      'éimport(1)',
      '({ import: 1 })',
      '"how to import a tree"',
      'no word of it',
    ]
    for (const script of others) expect(findImport(script), script).to.equal(-1)
  })
})
