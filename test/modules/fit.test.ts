import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import {
  evaluate,
  exactMatch,
  type FitEvent,
  type FitOptions,
  numericCloseness,
  type Optimizer,
  Sequential,
  fit as train,
} from '../../src/modules/index.ts'
import { Sandbox } from '../../src/runtime/index.ts'
import { load, save } from '../../src/symbolic/index.ts'
import { FakeRunner } from '../support/fake-runner.ts'
import {
  type ListState,
  listOptimizer,
  proposalOf,
  SCRIPT_PATH,
  samplesOf,
  scriptOf,
  scriptProgram,
} from '../support/script-programs.ts'

const double = samplesOf(x => 2 * x)
const scripts = (...generations: string[][]) => listOptimizer(generations)
const right = 'result = { y: inputs.x * 2 }'
const near = 'result = { y: inputs.x + 2 }'
const wrong = 'result = { y: -100 }'

const options = (more: Partial<FitOptions<ListState>>): FitOptions<ListState> => ({
  optimizer: scripts([wrong, near], [right, near]),
  reward: numericCloseness(),
  budget: { generations: 10 },
  runner: new FakeRunner(),
  ...more,
})

/** A run without what depends on the clock. */
const timeless = (history: readonly { ms: number }[]) => history.map(({ ms: _, ...rest }) => rest)

describe('fit', () => {
  it('gives a better program and leaves the one it was given', async () => {
    const program = scriptProgram()
    const before = program.toJsonString()
    const result = await train(program, double, options({}))
    expect(scriptOf(result.program)).to.equal(right)
    expect(result.stopReason).to.equal('target')
    expect(result.best.reward).to.equal(1)
    expect(result.baseline.reward).to.be.below(0.5)
    expect(program.toJsonString()).to.equal(before)
    expect(program.diff(result.program)).to.deep.equal([
      { op: 'replace', path: '/modules/0/state/value/script', value: right },
    ])
  })

  it('says what each generation did', async () => {
    const { history, evaluations } = await train(scriptProgram(), double, options({}))
    expect(history.map(entry => [entry.generation, entry.evaluations])).to.deep.equal([
      [0, 2],
      [1, 2],
    ])
    expect(history[0]?.best).to.be.above(history[0]?.mean ?? 1)
    expect(history[1]?.best).to.equal(1)
    expect(evaluations).to.equal(4)
  })

  it('works with the sandbox of its own, and closes it', async () => {
    const { runner: _, ...rest } = options({})
    const { program } = await train(scriptProgram(), double, rest)
    expect(scriptOf(program)).to.equal(right)
  })

  it('gives the same run for the same seed, whatever finishes first', async () => {
    const generations = Array.from({ length: 4 }, (_, g) =>
      Array.from({ length: 6 }, (_, i) => `result = { y: inputs.x * ${g + i / 10} }`),
    )
    const run = (concurrency: number, delay: (script: string) => number) =>
      train(scriptProgram(), double, {
        ...options({ optimizer: scripts(...generations), seed: 7, batchSize: 2, target: 2 }),
        runner: new FakeRunner({ delay }),
        concurrency,
      })
    const slowFirst = await run(6, script => 12 - (script.length % 7))
    const oneByOne = await run(1, () => 0)
    expect(timeless(slowFirst.history)).to.deep.equal(timeless(oneByOne.history))
    expect(slowFirst.program.equals(oneByOne.program)).to.equal(true)
    expect(slowFirst.best).to.deep.equal(oneByOne.best)
  })

  it('gives the same run in sandboxes of any size', async () => {
    const generations = [0, 1, 2].map(g =>
      [0, 1, 2, 3].map(i => `result = { y: inputs.x * Math.random() * ${g + i} }`),
    )
    const run = async (size: number) => {
      await using runner = new Sandbox({ size, seed: 3 })
      const result = await train(
        scriptProgram(),
        double,
        options({ optimizer: scripts(...generations), runner, seed: 3, concurrency: size * 2 }),
      )
      return [timeless(result.history), result.program.toJSON(), result.best]
    }
    expect(await run(1)).to.deep.equal(await run(2))
  })

  it('stops for the reason it says', async () => {
    const reasons = async (more: Partial<FitOptions<ListState>>) =>
      (await train(scriptProgram(), double, options(more))).stopReason
    const idle = scripts([wrong], [wrong], [wrong], [wrong], [wrong])
    expect(await reasons({})).to.equal('target')
    expect(await reasons({ target: 2 })).to.equal('exhausted')
    expect(await reasons({ budget: { generations: 1 } })).to.equal('budget')
    expect(await reasons({ budget: { evaluations: 2 } })).to.equal('budget')
    expect(await reasons({ budget: { seconds: 0 } })).to.equal('budget')
    expect(await reasons({ optimizer: idle, patience: 2 })).to.equal('patience')
  })

  it('spends exactly its evaluations', async () => {
    const result = await train(scriptProgram(), double, options({ budget: { evaluations: 3 }, target: 2 }))
    expect(result.evaluations).to.equal(3)
    expect(result.history.map(entry => entry.evaluations)).to.deep.equal([2, 1])
  })

  it('ends without a generation when the program is perfect already', async () => {
    const result = await train(scriptProgram(right), double, options({}))
    expect(result.stopReason).to.equal('target')
    expect(result.history).to.deep.equal([])
    expect(result.best.id).to.equal(-1)
  })

  it('gives the program back when nothing is better', async () => {
    const program = scriptProgram(near)
    const result = await train(program, double, options({ optimizer: scripts([wrong], [near]) }))
    expect(result.program).to.equal(program)
    expect(result.best.reward).to.equal(result.baseline.reward)
    expect(result.stopReason).to.equal('exhausted')
  })

  it('scores equal candidates once', async () => {
    const runner = new FakeRunner()
    const optimizer = scripts([near, near, wrong], [near, wrong])
    const result = await train(scriptProgram(), double, options({ optimizer, runner }))
    expect(runner.calls.filter(call => call.script === near)).to.have.length(1)
    expect(result.evaluations).to.equal(5)
    expect(result.cached).to.equal(3)
  })

  it('does not keep what a crash made of a candidate', async () => {
    let crashes = 1
    const fail = (script: string) => (script === right && crashes-- > 0 ? ('crashed' as const) : undefined)
    const optimizer = scripts([right], [right])
    const result = await train(scriptProgram(), double.slice(0, 1), {
      ...options({ optimizer }),
      runner: new FakeRunner({ fail }),
    })
    expect(result.history.map(entry => entry.best)).to.deep.equal([0, 1])
  })

  it('lets failing candidates fail, and never above a success', async () => {
    const optimizer = scripts(['throw new Error()', 'not a script', 'nothing', 'result = 7', wrong])
    const told: string[] = []
    const listening: Optimizer<ListState> = {
      ...optimizer,
      observe: (state, evaluations, context) => {
        told.push(...evaluations.map(({ reward, failures }) => `${reward > 0} ${failures}`))
        return optimizer.observe(state, evaluations, context)
      },
    }
    // The default output is right, and still a failure earns nothing.
    const samples = samplesOf(() => -1)
    await train(scriptProgram(near), samples, options({ optimizer: listening, target: 2 }))
    expect(told).to.deep.equal(['false 4', 'false 4', 'false 4', 'false 4', 'true 0'])
  })

  it('tells the optimizer which values could not be put', async () => {
    const refusals: unknown[] = []
    const optimizer: Optimizer<number> = {
      name: 'misfit',
      init: () => 0,
      propose: state => [state === 0 ? [proposalOf(42)] : [], state + 1],
      observe: (state, evaluations) => {
        refusals.push(...evaluations.map(({ refusal, reward }) => [refusal, reward]))
        return state
      },
      save: state => state,
      restore: data => data as number,
    }
    await train(scriptProgram(), double, { ...options({}), optimizer })
    expect(refusals).to.deep.equal([
      ['espalier.Sequential.modules[0].state.value.script must be a string, got 42', 0],
    ])
  })

  it('refuses changes outside of what may be trained', async () => {
    const optimizer = {
      ...scripts(),
      propose: (state: ListState) =>
        [[{ updates: [['modules[0].timeout', 5]], parents: [], operator: 'cheat' }], state] as const,
    }
    const failed = await train(scriptProgram(), double, options({ optimizer })).catch(String)
    expect(failed).to.contain(`the proposal 'cheat' changes 'modules[0].timeout', which is not to be trained`)
  })

  it('chooses by the validation samples and reports on the test samples', async () => {
    const overfit = 'result = { y: inputs.x < 5 ? inputs.x * 2 : 0 }'
    const almost = 'result = { y: inputs.x * 2 + 0.01 }'
    const result = await train(
      scriptProgram(),
      double,
      options({
        optimizer: scripts([overfit, almost]),
        validation: samplesOf(x => 2 * x, [10, 11]),
        test: samplesOf(x => 2 * x, [20, 21]),
      }),
    )
    expect(scriptOf(result.program)).to.equal(almost)
    expect(result.stopReason).to.equal('exhausted')
    expect(result.test?.best.reward).to.be.above(0.9)
    expect(result.test?.baseline.reward).to.be.below(0.1)
  })

  it('never shows the optimizer any samples but those of training', async () => {
    let seen = 0
    const optimizer: Optimizer<ListState> = {
      ...scripts([near]),
      init: context => {
        seen = context.samples.length
        return { next: 0, told: [] }
      },
    }
    await train(scriptProgram(), double, options({ optimizer, validation: samplesOf(x => x, [9]) }))
    expect(seen).to.equal(4)
  })

  it('returns what the optimizer made simpler, if it is as good', async () => {
    const long = 'result = { y: inputs.x * 2 + 0 }'
    const checked: boolean[] = []
    const optimizer: Optimizer<ListState> = {
      ...scripts([long]),
      simplify: async (proposal, keeps) => {
        checked.push(await keeps(proposalOf(wrong)), await keeps(proposalOf(right)))
        return checked[1] ? proposalOf(right, 'simpler') : proposal
      },
    }
    const events: FitEvent[] = []
    const onEvent = (event: FitEvent) => void events.push(event)
    const result = await train(scriptProgram(), double, options({ optimizer, onEvent }))
    expect(checked).to.deep.equal([false, true])
    expect(scriptOf(result.program)).to.equal(right)
    expect(events.some(event => event.type === 'simplified')).to.equal(true)
  })

  it('does not take the word of an optimizer that simplifies to something worse', async () => {
    const optimizer = { ...scripts([right]), simplify: async () => proposalOf(wrong) }
    const result = await train(scriptProgram(), double, options({ optimizer }))
    expect(scriptOf(result.program)).to.equal(right)
  })

  it('tells what happens while it happens', async () => {
    const events: string[] = []
    await train(scriptProgram(), double, options({ onEvent: event => void events.push(event.type) }))
    expect(events).to.deep.equal([
      'baseline',
      'generation',
      'improved',
      'generation',
      'improved',
      'validated',
      'validated',
      'validated',
      'stopped',
    ])
  })

  it('ends with the best so far when the signal aborts', async () => {
    const controller = new AbortController()
    const runner = new FakeRunner({ delay: script => (script === right ? 30 : 0) })
    const onEvent = (event: FitEvent) => {
      if (event.type === 'improved') setTimeout(() => controller.abort(), 5)
    }
    const result = await train(
      scriptProgram(),
      double,
      options({ optimizer: scripts([near], [right]), runner, onEvent, signal: controller.signal }),
    )
    expect(result.stopReason).to.equal('aborted')
    expect(scriptOf(result.program)).to.equal(near)
    expect(result.evaluations).to.equal(1)
  })

  it('is stopped by the time in the middle of a generation, and keeps what was scored', async () => {
    const runner = new FakeRunner({ delay: () => 20 })
    const many = Array.from({ length: 50 }, (_, i) => `result = { y: ${i / 100} }`)
    const result = await train(
      scriptProgram(),
      double,
      options({ optimizer: scripts(many), runner, budget: { seconds: 0.15 }, concurrency: 2, target: 2 }),
    )
    expect(result.stopReason).to.equal('budget')
    expect(result.evaluations).to.be.within(1, 40)
  })

  it('throws for a program that cannot be run at all', async () => {
    const runner = new Sandbox()
    await runner.close()
    const failed = await train(scriptProgram(), double, options({ runner })).catch(String)
    expect(failed).to.contain('the program cannot be run: the sandbox is closed')
  })

  it('throws for a reward that is no reward', async () => {
    const failed = await train(scriptProgram(), double, options({ reward: () => Number.NaN })).catch(String)
    expect(failed).to.contain('a reward must be a number from 0 to 1, got NaN for sample 0')
  })

  it('asks for samples, a budget, and something to train', async () => {
    const failure = (program: Sequential, samples: typeof double, more: Partial<FitOptions<ListState>>) =>
      train(program, samples, options(more)).then(() => 'no error', String)
    const frozen = scriptProgram().rebind({ trainable: false })
    expect(await failure(scriptProgram(), [], {})).to.contain('at least one sample in samples')
    expect(await failure(scriptProgram(), double, { budget: {} })).to.contain('fit needs a budget')
    expect(await failure(frozen, double, {})).to.contain('the program has nothing to train')
  })
})

describe('save and load', () => {
  it('keep what a program scores', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'espalier-'))
    try {
      const trained = (await train(scriptProgram(), double, options({ budget: { generations: 1 } }))).program
      const file = join(folder, 'program.json')
      await save(trained, file)
      const loaded = await load(file, Sequential)
      const score = (program: Sequential) =>
        evaluate(program, double, { reward: exactMatch(), runner: new FakeRunner() })
      expect(loaded.equals(trained)).to.equal(true)
      expect(loaded.get(SCRIPT_PATH)).to.equal(near)
      expect(await score(loaded)).to.deep.equal(await score(trained))
      expect((await score(loaded)).reward).to.equal(0.25)
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
