import { expect } from 'chai'
import {
  type CallContext,
  estimate,
  type FitOptions,
  fit,
  type LanguageFunction,
  Program,
} from '../../src/modules/index.ts'
import type { Json } from '../../src/runtime/index.ts'
import { f } from '../../src/symbolic/index.ts'
import { FakeRunner } from '../support/fake-runner.ts'
import { double, type MixedState, mixedOptimizer, mixedOptions } from '../support/ledger-runs.ts'
import { scriptProgram } from '../support/script-programs.ts'

/** Asks its model about every input. */
class Asking extends Program.define('estimateTest.Asking', { rate: f.float().trainable() }) {
  async call(_input: Json, { languageModels }: CallContext): Promise<Json> {
    const reply = await languageModels?.default?.generate({ messages: [{ role: 'user', content: 'y?' }] })
    return reply?.text ?? null
  }
}

const estimated = (more: Partial<FitOptions<MixedState>> = {}) =>
  estimate(scriptProgram(), double, mixedOptions(more))

describe('estimate', () => {
  it('runs one sample, once', async () => {
    const runner = new FakeRunner()
    const { sample } = await estimated({ runner })
    expect(runner.calls.map(({ count }) => count)).to.deep.equal([1])
    expect(sample).to.deep.include({ calls: 0, tokens: 0, money: 0 })
    expect(sample.seconds).to.be.above(0)
  })

  it('says what the budget lets be run and asked, and is not exceeded', async () => {
    for (const budget of [{ evaluations: 7 }, { runs: 30 }, { runs: 12, evaluations: 100 }]) {
      const { runs, isLimit } = await estimated({ budget })
      const result = await fit(scriptProgram(), double, mixedOptions({ budget, target: 2 }))
      expect(isLimit).to.equal(true)
      expect(result.runs).to.be.at.most(runs.search as number)
    }
    expect((await estimated({ budget: { runs: 30, questions: 4 } })).questions).to.equal(4)
  })

  it('guesses from the first generation, and says so', async () => {
    const { runs, questions, isLimit, total, sample } = await estimated()
    // The baseline on 2, the start on 4, and 5 candidates in each of 3 generations that may name all 4 samples.
    expect(runs).to.deep.equal({ search: 66, finals: 4, simplify: 6000, test: 2 })
    expect([questions, isLimit]).to.deep.equal([3, false])
    expect(total?.seconds).to.be.closeTo(sample.seconds * 6072, 1e-6)
  })

  it('says nothing where there is no saying', async () => {
    const { runs, questions, total } = await estimated({ budget: { seconds: 9 } })
    expect([runs.search, questions, total]).to.deep.equal([undefined, undefined, undefined])
  })

  it('counts what language models cost, up to the budget', async () => {
    const small: LanguageFunction = () => ({ text: 'x', usage: { inputTokens: 6, outputTokens: 4 } })
    const { simplify: _, ...optimizer } = mixedOptimizer
    const more = { languageModel: small, prices: { small: { input: 1e6, output: 1e6 } }, optimizer }
    const options = mixedOptions({ ...more, budget: { runs: 20, money: 100 }, test: double })
    const { runs, sample, total } = await estimate(new Asking({ rate: 1 }), double, options)
    expect(sample).to.deep.include({ calls: 1, tokens: 10, money: 10 })
    expect(runs).to.deep.equal({ search: 20, finals: 4, simplify: 0, test: 8 })
    expect(total).to.deep.include({ calls: 32, tokens: 320, money: 100 })
  })

  it('throws what fit would throw', async () => {
    expect(await estimated({ budget: {} }).catch(String)).to.contain('fit needs a budget')
    expect(await estimated({ test: [] }).catch(String)).to.contain('at least one sample in test')
    const runner = new FakeRunner({ fail: () => 'unavailable' })
    expect(await estimated({ runner }).catch(String)).to.contain('the program cannot be run: made to fail')
  })
})
