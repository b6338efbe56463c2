import { expect } from 'chai'
import { isScriptSource } from '../../src/modules/index.ts'
import { f, SymDict, SymObject } from '../../src/symbolic/index.ts'

class Rule extends SymObject.define('scriptSourceTest.Rule', { k: f.int() }) {
  toScript(): string {
    return `result = ${this.k}`
  }
}

describe('isScriptSource', () => {
  it('takes nodes that write scripts, and no plain data', () => {
    const plain = { toScript: () => 'result = 1' }
    const values = [new Rule({ k: 1 }), plain, SymDict.from(plain), undefined, 'result = 1']
    expect(values.map(isScriptSource)).to.deep.equal([true, false, false, false, false])
  })
})
