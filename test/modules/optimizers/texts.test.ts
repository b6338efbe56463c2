import { expect } from 'chai'
import { keyOf, minibatchOf, someTextsIn, textsIn, updatesTo } from '../../../src/modules/optimizers/texts.ts'
import { SCRIPT_PATH, scriptProgram } from '../../support/script-programs.ts'
import { INSTRUCTIONS, kindProgram } from './support.ts'

describe('textsIn', () => {
  it('finds instructions and scripts among what may be trained', () => {
    const targets = ['modules[0].instructions.value', 'modules[0].examples.value']
    expect(textsIn({ program: kindProgram(), targets })).to.deep.equal({ [INSTRUCTIONS]: 'Sort the text.' })
    const script = { program: scriptProgram(), targets: ['modules[0].rule', 'modules[0].state.value'] }
    expect(textsIn(script)).to.deep.equal({ [SCRIPT_PATH]: 'result = { y: 0 }' })
  })

  it('says what there is when there is no text', () => {
    const context = { program: kindProgram(), targets: ['modules[0].examples.value'] } as never
    expect(() => someTextsIn(context, 'gepa')).to.throw(
      "gepa finds no text to train; what may be trained: 'modules[0].examples.value'",
    )
  })
})

describe('updatesTo', () => {
  it('is what differs', () => {
    expect(updatesTo({ a: 'x', b: 'y' }, { a: 'x', b: 'z' })).to.deep.equal([['b', 'y']])
  })
})

describe('keyOf', () => {
  it('tells texts apart, whatever the order of paths', () => {
    expect(keyOf({ a: 'x', b: 'y' })).to.equal(keyOf({ b: 'y', a: 'x' }))
    expect(keyOf({ a: 'x', b: 'y' })).not.to.equal(keyOf({ a: 'y', b: 'x' }))
  })
})

describe('minibatchOf', () => {
  it('brings up every sample once in an epoch, in another order in the next', () => {
    const positions = [0, 1, 2, 3, 4, 5]
    const epochs = [0, 1].map(epoch => [0, 1].map(n => minibatchOf(positions, 3, 2 * epoch + n, 1)))
    for (const epoch of epochs) expect(epoch.flat().sort()).to.deep.equal(positions)
    expect(epochs[0]).not.to.deep.equal(epochs[1])
  })

  it('takes what there is when that is less than a minibatch', () => {
    expect(minibatchOf([4, 7], 3, 5, 1).sort()).to.deep.equal([4, 7])
  })
})
