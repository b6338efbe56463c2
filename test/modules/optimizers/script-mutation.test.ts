import { expect } from 'chai'
import { numericCloseness, scriptMutation } from '../../../src/modules/index.ts'
import { SCRIPT_PATH, samplesOf, scriptOf, scriptProgram } from '../../support/script-programs.ts'
import { expectLaws, ran } from './support.ts'

const start = 'const a = inputs.x\nresult = { y: a + 1 }'
const options = { program: scriptProgram(start), reward: numericCloseness(), seed: 1 }

describe('scriptMutation', () => {
  it('edits the script it is given until it does what is wanted', async () => {
    const { result } = await ran(scriptMutation({ populationSize: 30 }), {
      ...options,
      samples: samplesOf(x => Math.abs(x) * 2, [-3, 0, 5]),
      budget: { generations: 20 },
    })
    expect(result.baseline.reward).to.be.below(0.4)
    expect(result.best.reward).to.equal(1)
    expect(scriptOf(result.program)).to.be.a('string').and.not.equal(start)
  })

  it('starts from all scripts that the module names', async () => {
    const program = options.program.rebind([['modules[0].seedScripts', ['result = { y: inputs.x * 7 }']]])
    const { result } = await ran(scriptMutation(), {
      ...options,
      program,
      samples: samplesOf(x => x * 7),
      budget: { generations: 1 },
    })
    expect(result.best.reward).to.equal(1)
    expect(result.best.proposal.operator).to.equal('seed')
  })

  it('takes no script twice, but for the best, which may be parents again', async () => {
    const scripts: unknown[] = []
    const optimizer = scriptMutation({ populationSize: 15, elites: 2 })
    const spy: typeof optimizer = {
      ...optimizer,
      propose: async (state, context) => {
        const step = await optimizer.propose(state, context)
        scripts.push(
          ...step[0].filter(({ operator }) => operator !== 'elite').map(({ updates }) => updates[0]?.[1]),
        )
        return step
      },
    }
    await ran(spy, { ...options, samples: samplesOf(x => x ** 3, [1, 2]), budget: { generations: 4 } })
    expect(scripts.length).to.be.above(45)
    expect(new Set(scripts)).to.have.property('size', scripts.length)
  })

  it('repeats, at any concurrency, and when its state goes through JSON at every step', async () => {
    await expectLaws(() => scriptMutation({ populationSize: 10 }), {
      ...options,
      samples: samplesOf(x => x * x, [1, 2]),
      budget: { generations: 3 },
    })
  })

  it('says what is wrong with where it is to start', async () => {
    const samples = samplesOf(x => x)
    const broken = await ran(scriptMutation(), {
      ...options,
      samples,
      program: scriptProgram('result = {'),
    }).catch(String)
    expect(broken).to.contain('scriptMutation cannot read the script it is to start from: SyntaxError')
    const frozen = options.program.rebind([['modules[0].state.trainable', false]])
    const failed = await ran(scriptMutation(), { ...options, samples, program: frozen }).catch(String)
    expect(failed).to.contain('scriptMutation finds no script to train')
    expect(() => scriptMutation({ elites: 100 })).to.throw(
      RangeError,
      'elites must be fewer than the population of 100',
    )
    expect(SCRIPT_PATH).to.equal('modules[0].state.value.script')
  })
})
