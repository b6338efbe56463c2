import { expect } from 'chai'
import {
  Module,
  numericCloseness,
  type Optimizer,
  ScriptSynthesis,
  Sequential,
  searchOptimizer,
} from '../../../src/modules/index.ts'
import type { Json } from '../../../src/runtime/index.ts'
import { floatV, intV, oneOf, randomSearch, regularizedEvolution } from '../../../src/search/index.ts'
import { f } from '../../../src/symbolic/index.ts'
import { samplesOf, scriptProgram, Y_SCHEMA } from '../../support/script-programs.ts'
import { expectLaws, ran } from './support.ts'

class Line extends Module.define('searchOptimizerTest.Line', {
  factor: f.float(),
  offset: f.int().default(0),
}) {
  async call(input: Json): Promise<Json> {
    const { x } = input as { x: number }
    return { y: x * this.factor + this.offset }
  }
}

const line = () =>
  new Sequential({ modules: [new Line({ factor: floatV(0, 10), offset: intV(0, 9) })] } as never)
const options = { samples: samplesOf(x => 3 * x + 7), reward: numericCloseness(), seed: 1 }
const evolution = () => searchOptimizer(regularizedEvolution({ populationSize: 20 }), { batch: 4 })

describe('searchOptimizer', () => {
  it('searches the hyper values that stand in the program', async () => {
    const { result } = await ran(evolution(), { ...options, program: line(), budget: { evaluations: 300 } })
    expect(result.baseline.reward).to.be.below(0.2)
    expect(result.best.reward).to.be.above(0.7)
    const [module] = result.program.modules
    expect(module?.fieldValues()).to.include({ offset: 7 })
    expect(result.best.proposal.updates.map(([path]) => path)).to.deep.equal([
      'modules[0].factor',
      'modules[0].offset',
    ])
    expect(result.best.proposal.parents).to.satisfy((ids: number[]) => ids.every(id => id < result.best.id))
  })

  it('decides on whole modules, and on what their choice opens', async () => {
    const script = (text: string) =>
      new ScriptSynthesis({ schema: Y_SCHEMA, script: text, defaultReturnValue: { y: 0 } })
    const program = new Sequential({
      modules: [
        oneOf([script('result = { y: 0 }'), new Line({ factor: oneOf([1, 3]), offset: 7 } as never)]),
      ],
    } as never)
    const { result } = await ran(searchOptimizer(randomSearch()), {
      ...options,
      program,
      budget: { evaluations: 30 },
    })
    expect(result.best.reward).to.equal(1)
    expect(result.program.modules.at(0)).to.be.instanceOf(Line)
  })

  it('leaves what is no target at its first choice', async () => {
    const { result } = await ran(evolution(), {
      ...options,
      program: line(),
      targets: path => path.endsWith('factor'),
      budget: { evaluations: 40 },
    })
    expect(result.program.modules.at(0)?.fieldValues()).to.include({ offset: 0 })
  })

  it('ends when the space does', async () => {
    const program = new Sequential({ modules: [new Line({ factor: oneOf([1, 2, 4]), offset: 7 } as never)] })
    const once = searchOptimizer(randomSearch({ unique: true } as never)) as Optimizer<never>
    const { result } = await ran(once, { ...options, program, budget: { evaluations: 500 } })
    expect(result.evaluations).to.be.at.most(500)
    expect(result.best.reward).to.be.below(1)
  })

  it('repeats, at any concurrency, and when its state goes through JSON at every step', async () => {
    await expectLaws(evolution, { ...options, program: line(), budget: { evaluations: 60 } })
  })

  it('says what is missing', async () => {
    const failed = await ran(evolution(), { ...options, program: scriptProgram() }).catch(String)
    expect(failed).to.equal(
      'Error: searchOptimizer finds no hyper value, such as oneOf or floatV, in the program',
    )
    expect(() => searchOptimizer(randomSearch(), { batch: 0 })).to.throw(RangeError, 'batch')
  })
})
