import { expect } from 'chai'
import { firstOf, openPaths } from '../../src/modules/open-program.ts'
import { oneOf } from '../../src/search/index.ts'
import { SCRIPT_PATH, scriptOf, scriptProgram } from '../support/script-programs.ts'

const open = scriptProgram().rebind([
  [SCRIPT_PATH, oneOf(['result = { y: 1 }', 'result = { y: 2 }'])],
  ['modules[0].timeout', oneOf([100, 200])],
])

describe('openPaths', () => {
  it('are the places of hyper values', () => {
    expect(openPaths(open)).to.have.members([SCRIPT_PATH, 'modules[0].timeout'])
    expect(openPaths(scriptProgram())).to.deep.equal([])
  })
})

describe('firstOf', () => {
  it('is the program with every hyper value at its first choice, or the program itself', () => {
    expect(scriptOf(firstOf(open))).to.equal('result = { y: 1 }')
    const program = scriptProgram()
    expect(firstOf(program)).to.equal(program)
  })
})
