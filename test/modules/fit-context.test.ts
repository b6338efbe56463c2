import { expect } from 'chai'
import { contextOf } from '../../src/modules/fit-context.ts'
import { oneOf } from '../../src/search/index.ts'
import { SCRIPT_PATH, samplesOf, scriptProgram } from '../support/script-programs.ts'

const samples = samplesOf(x => x)

describe('contextOf', () => {
  it('has what may be trained, and starts at the first choice of what is open', () => {
    const program = scriptProgram()
    const open = program.rebind([[SCRIPT_PATH, oneOf(['result = 1', 'result = 2'])]])
    expect(contextOf(program, samples, { seed: 3 })).to.deep.include({ program, template: program, seed: 3 })
    const context = contextOf(open, samples, { targets: path => path !== 'modules[0].rule' })
    expect(context.program.get(SCRIPT_PATH)).to.equal('result = 1')
    expect(context.template).to.equal(open)
    expect([context.targets, context.seed]).to.deep.equal([['modules[0].state.value', SCRIPT_PATH], 0])
  })

  it('throws when nothing may be trained', () => {
    expect(() => contextOf(scriptProgram(), samples, { targets: () => false })).to.throw(
      'the program has nothing to train',
    )
  })
})
