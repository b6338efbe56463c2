import { expect } from 'chai'
import type { Inputs } from '../../../src/modules/grammar/evaluate.ts'
import { type GrammarState, grammarEvolution } from '../../../src/modules/grammar/grammar-evolution.ts'
import type { Rule } from '../../../src/modules/grammar/rule.ts'
import {
  type Evaluation,
  exactMatch,
  fit,
  type OptimizerContext,
  type Proposal,
  type Sample,
  ScriptSynthesis,
  Sequential,
} from '../../../src/modules/index.ts'
import { Sandbox } from '../../../src/runtime/index.ts'
import { a, call, integerRule } from './support.ts'

const schema = { type: 'object', properties: { y: { type: 'integer' } }, required: ['y'] }
const scriptModule = (more: object = {}) =>
  new ScriptSynthesis({
    name: 'rule',
    schema,
    script: 'result = { y: inputs.a }',
    defaultReturnValue: { y: 0 },
    ...more,
  })
const program = new Sequential({ modules: [scriptModule()] })
const samples: Sample[] = Array.from({ length: 30 }, (_, i) => {
  const [first, second] = [(i * 7) % 19, (i * 11) % 23]
  return { inputs: { a: first, b: second }, outputs: { y: Math.max(first, second) } }
})
const contextOf = (more: Partial<OptimizerContext> = {}): OptimizerContext => ({
  program,
  template: program,
  targets: ['modules[0].state.value', 'modules[0].rule'],
  samples,
  seed: 1,
  ...more,
})

const optimizer = grammarEvolution({ populationSize: 40 })
const scored = (proposals: readonly Proposal[], from: number): Evaluation[] =>
  proposals.map((proposal, i) => {
    const rule = ruleOf(proposal)
    const rewards = samples.map(({ inputs, outputs }) =>
      JSON.stringify(rule.evaluate(inputs as Inputs)) === JSON.stringify(outputs) ? 1 : 0,
    )
    const reward = rewards.reduce((sum: number, one) => sum + one, 0) / rewards.length
    return { proposal, id: from + i, samples: samples.map((_, at) => at), rewards, reward, failures: 0 }
  })

/** The rule in a proposal. */
const ruleOf = (proposal: Proposal | undefined): Rule => (proposal as Proposal).updates[0]?.[1] as Rule

/** The proposals of some generations, from a state on. */
async function run(state: GrammarState, generations: number, context: OptimizerContext) {
  const all: Proposal[][] = []
  for (let i = 0; i < generations; i++) {
    const [proposals, next] = await optimizer.propose(state, context)
    state = optimizer.observe(next, scored(proposals, 1000 * i), context)
    all.push([...proposals])
  }
  return { all, state }
}

const scriptsOf = (generations: Proposal[][]) => generations.flat().map(proposal => proposal.updates[1]?.[1])

describe('grammarEvolution', () => {
  it('proposes rules together with the scripts they render to', async () => {
    const context = contextOf()
    const [proposals] = await optimizer.propose(optimizer.init(context), context)
    expect(proposals).to.have.length(40)
    for (const { updates } of proposals) {
      const [[rulePath, rule], [scriptPath, script]] = updates as [[string, Rule], [string, string]]
      expect([rulePath, scriptPath]).to.deep.equal(['modules[0].rule', 'modules[0].state.value.script'])
      expect(rule.toScript()).to.equal(script)
      const module = program.rebind([...updates]).get('modules[0]') as ScriptSynthesis
      expect(module.isPure).to.equal(true)
    }
  })

  it('proposes no rule twice but the best, and those again', async () => {
    const { all } = await run(optimizer.init(contextOf()), 4, contextOf())
    const fresh = all.flat().filter(proposal => proposal.operator !== 'elite')
    expect(new Set(fresh.map(proposal => ruleOf(proposal).toJsonString())).size).to.equal(fresh.length)
    expect(all[1]?.filter(proposal => proposal.operator === 'elite')).to.have.length(5)
  })

  it('does the same for the same seed, and something else for another', async () => {
    const scripts = async (seed: number) => {
      const context = contextOf({ seed })
      return scriptsOf((await run(optimizer.init(context), 3, context)).all)
    }
    expect(await scripts(1)).to.deep.equal(await scripts(1))
    expect(await scripts(1)).not.to.deep.equal(await scripts(2))
  })

  it('goes on from a saved state as if nothing had happened', async () => {
    const context = contextOf()
    const { state } = await run(optimizer.init(context), 2, context)
    const text = JSON.stringify(optimizer.save(state))
    const again = contextOf()
    const restored = optimizer.restore(JSON.parse(text), again)
    const [expected, got] = await Promise.all([run(state, 2, context), run(restored, 2, again)])
    expect(scriptsOf(got.all)).to.deep.equal(scriptsOf(expected.all))
  })

  it('tries more that is random the longer nothing gets better', async () => {
    const context = contextOf()
    const { state } = await run(optimizer.init(context), 2, context)
    const randomIn = async (stale: number) => {
      const [proposals] = await optimizer.propose({ ...state, stale }, context)
      return proposals.filter(proposal => proposal.operator === 'random').length
    }
    expect(await randomIn(0)).to.be.lessThan(10)
    expect(await randomIn(8)).to.be.within(12, 30)
  })

  it('counts the generations without progress', () => {
    const context = contextOf()
    const told = (state: GrammarState, reward: number) => {
      const proposal: Proposal = {
        updates: [['modules[0].rule', integerRule(a)]],
        parents: [],
        operator: 'random',
      }
      return optimizer.observe(
        state,
        [{ proposal, id: 0, samples: [0], rewards: [reward], reward, failures: 0 }],
        context,
      )
    }
    const first = told(optimizer.init(context), 0.5)
    expect(first).to.include({ best: 0.5, stale: 0 })
    expect(told(told(first, 0.5), 0.4)).to.include({ best: 0.5, stale: 2 })
    expect(told(told(first, 0.5), 0.6)).to.include({ best: 0.6, stale: 0 })
  })

  it('starts from the rule that the program has', async () => {
    const rule = integerRule(call('max', a, 0))
    const own = program.rebind([
      ['modules[0].rule', rule],
      ['modules[0].state.value.script', rule.toScript()],
    ])
    const context = contextOf({ program: own })
    const [[first]] = (await optimizer.propose(optimizer.init(context), context)) as unknown as [[Proposal]]
    expect(first).to.deep.include({ operator: 'seed' })
    expect(ruleOf(first).equals(rule)).to.equal(true)
  })

  it('stops when there is nothing left to try', async () => {
    const few = grammarEvolution({ populationSize: 20, operators: ['not'], maxDepth: 2, maxSize: 2 })
    const truth = { type: 'object', properties: { y: { type: 'boolean' } } }
    const small = new Sequential({
      modules: [
        scriptModule({ schema: truth, script: 'result = { y: true }', defaultReturnValue: { y: true } }),
      ],
    })
    const context = contextOf({
      program: small,
      samples: [{ inputs: { ok: true }, outputs: { y: false } }],
    })
    let state = few.init(context)
    let count = 1
    for (let i = 0; i < 5 && count > 0; i++) {
      const [proposals, next] = await few.propose(state, context)
      count = proposals.length
      state = few.observe(next, scored(proposals, 0), context)
    }
    expect(count).to.equal(0)
  })

  it('makes a proposal simpler as far as it is kept', async () => {
    const context = contextOf()
    const rule = integerRule(call('add', call('max', a, 0), call('multiply', a, 0)))
    const proposal = {
      updates: [
        ['modules[0].rule', rule],
        ['modules[0].state.value.script', ''],
      ],
      parents: [7],
      operator: 'wrap',
    } as const
    const simple = await optimizer.simplify?.(proposal, async () => true, context)
    expect(simple?.parents).to.deep.equal([7])
    expect(ruleOf(simple).size).to.equal(1)
    const same = await optimizer.simplify?.(proposal, async () => false, context)
    expect(same).to.equal(proposal)
  })

  it('says what it cannot train', () => {
    const init = (more: Partial<OptimizerContext>) => () => optimizer.init(contextOf(more))
    expect(init({ targets: ['modules[0].rule'] })).to.throw('finds no script to train')
    const two = ['modules[0].rule', 'modules[0].state.value', 'modules[1].rule', 'modules[1].state.value']
    expect(init({ targets: two })).to.throw(
      "trains one script at a time, and may change 'modules[0]', 'modules[1]'; name one with targets",
    )
    const nested = { type: 'object', properties: { y: { type: 'object' } } }
    const strange = new Sequential({
      modules: [scriptModule({ schema: nested, script: 'result = {}', defaultReturnValue: { y: {} } })],
    })
    expect(init({ program: strange })).to.throw('outputs.y must be a boolean')
    expect(init({ samples: [{ inputs: { a: null }, outputs: { y: 1 } }] })).to.throw(
      'samples[0].inputs.a must be',
    )
  })

  it('refuses options that make no sense', () => {
    expect(() => grammarEvolution({ populationSize: 1 })).to.throw(
      'populationSize must be a whole number of at least 2, got 1',
    )
    expect(() => grammarEvolution({ crossoverRate: 1.5 })).to.throw(
      'crossoverRate must be from 0 to 1, got 1.5',
    )
    expect(() => grammarEvolution({ crossoverRate: 0.75, mutationRate: 0.5 })).to.throw(
      'not be more than 1 together, got 1.25',
    )
    expect(() => grammarEvolution({ populationSize: 5 })).to.throw(
      'elites must be fewer than the population of 5, got 5',
    )
  })

  it('trains a program in the sandbox', async function () {
    this.timeout(60_000)
    await using runner = new Sandbox({ size: 2 })
    const {
      program: trained,
      stopReason,
      best,
    } = await fit(program, samples, {
      optimizer: grammarEvolution({ populationSize: 60 }),
      reward: exactMatch(),
      budget: { generations: 10 },
      seed: 3,
      runner,
    })
    expect(stopReason).to.equal('target')
    expect(best.reward).to.equal(1)
    expect((trained.get('modules[0]') as ScriptSynthesis).script).to.match(/^result = \{ y: .*Math\.max/)
  })
})
