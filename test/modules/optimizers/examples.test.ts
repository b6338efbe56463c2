import { expect } from 'chai'
import {
  examplesAt,
  examplesPlaces,
  shownAndScored,
  withoutSample,
} from '../../../src/modules/optimizers/examples.ts'
import { EXAMPLES, kindProgram, kindSamples } from './support.ts'

const example = { inputs: { text: 'a fig' }, outputs: { kind: 'fruit' } }
const program = kindProgram().rebind([[EXAMPLES, [example]]])
const context = {
  program,
  template: program,
  targets: [...program.trainables().keys()],
  samples: kindSamples(),
  seed: 1,
}

describe('examplesPlaces', () => {
  it('are lists of examples, with the module that shows them', () => {
    const places = examplesPlaces(context, 'x')
    expect(places).to.deep.equal([{ path: EXAMPLES, module: 'modules[0]' }])
    expect(places.map(place => examplesAt(program, place))).to.deep.equal([[example]])
  })
})

describe('withoutSample', () => {
  it('leaves out the example that gives an answer away, whatever the order of keys', () => {
    const two = [
      { inputs: { a: 1, b: 2 }, outputs: 1 },
      { inputs: { a: 1 }, outputs: 1 },
    ]
    expect(withoutSample(two, { b: 2, a: 1 })).to.deep.equal([two[1]])
  })
})

describe('shownAndScored', () => {
  it('divides the samples by seed, none on both sides', () => {
    const { shown, scored } = shownAndScored(context, 0.25, 'x')
    expect([shown.length, scored.length]).to.deep.equal([4, 12])
    expect([...shown, ...scored].sort((a, b) => a - b)).to.deep.equal(context.samples.map((_, i) => i))
    expect(shownAndScored(context, 0.25, 'x').shown).to.deep.equal(shown)
    expect(shownAndScored({ ...context, seed: 2 }, 0.25, 'x').shown).not.to.deep.equal(shown)
  })
})
