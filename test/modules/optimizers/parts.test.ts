import { expect } from 'chai'
import { partsIn, seedsIn, updatesBetween, valuesOf } from '../../../src/modules/optimizers/parts.ts'
import { scriptProgram } from '../../support/script-programs.ts'
import { kindProgram } from './support.ts'

const contextOf = (program: ReturnType<typeof kindProgram>) =>
  ({ program, template: program, targets: [...program.trainables().keys()], samples: [], seed: 0 }) as const

describe('partsIn', () => {
  it('are variables with their schemas', () => {
    const parts = partsIn(contextOf(kindProgram()), 'omega')
    expect([...parts.keys()]).to.deep.equal(['modules[0].instructions.value', 'modules[0].examples.value'])
    expect(parts.get('modules[0].instructions.value')?.schema).to.deep.include({ required: ['text'] })
    expect(valuesOf(parts)['modules[0].examples.value']).to.deep.equal({ items: [] })
  })

  it('leaves out what has no value, and says when nothing is left', () => {
    const context = contextOf(scriptProgram())
    expect([...partsIn(context, 'omega').keys()]).to.deep.equal(['modules[0].state.value'])
    expect(() => partsIn({ ...context, targets: ['modules[0].rule'] }, 'omega')).to.throw(
      "omega finds neither variables nor texts to train; what may be trained: 'modules[0].rule'",
    )
  })
})

describe('updatesBetween', () => {
  it('is what differs, whatever the order of keys', () => {
    expect(updatesBetween({ a: { x: 1, y: 2 }, b: 1 }, { a: { y: 2, x: 1 }, b: 2 })).to.deep.equal([['b', 2]])
  })
})

describe('seedsIn', () => {
  it('are the starts that modules name, one change each', () => {
    const program = scriptProgram().rebind([['modules[0].seedScripts', ['result = 1', 'result = 2']]])
    const context = contextOf(program)
    const seeds = seedsIn(context, valuesOf(partsIn(context, 'omega')))
    expect(seeds).to.deep.equal([
      { 'modules[0].state.value': { script: 'result = 1' } },
      { 'modules[0].state.value': { script: 'result = 2' } },
    ])
  })
})
