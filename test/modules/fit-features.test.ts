/** What `fit` does besides searching: deadlines, failures, metrics, files, and budgets of language models. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import {
  accuracy,
  budgeted,
  type CallContext,
  type FitEvent,
  type FitOptions,
  failureRate,
  fit,
  type LanguageFunction,
  LanguageModelError,
  MemoryLedger,
  numericCloseness,
  type Optimizer,
  Program,
  Sequential,
} from '../../src/modules/index.ts'
import type { Json } from '../../src/runtime/index.ts'
import { f, loadSync } from '../../src/symbolic/index.ts'
import { FakeRunner } from '../support/fake-runner.ts'
import { mixedRun } from '../support/ledger-runs.ts'
import {
  type ListState,
  listOptimizer,
  samplesOf,
  scriptOf,
  scriptProgram,
} from '../support/script-programs.ts'

const double = samplesOf(x => 2 * x)
const near = 'result = { y: inputs.x + 2 }'
const right = 'result = { y: inputs.x * 2 }'

const options = (more: Partial<FitOptions<ListState>>): FitOptions<ListState> => ({
  optimizer: listOptimizer([['result = { y: -100 }', near], [right]]),
  reward: numericCloseness(),
  budget: { generations: 10 },
  runner: new FakeRunner(),
  ...more,
})

/** Asks its model how much to add to a number; the prompt is its factor, which may be changed. */
class Asking extends Program.define('fitFeatures.Asking', { factor: f.float().trainable() }) {
  async call(input: Json, { languageModels, signal }: CallContext): Promise<Json> {
    const { x } = input as { x: number }
    const messages = [{ role: 'user' as const, content: `${x}` }]
    const reply = await languageModels?.default?.generate({ messages, signal })
    return { y: this.factor * Number(reply?.text) }
  }
}

/** Says the number it is asked about. */
const echo: LanguageFunction = ({ messages }) => ({
  text: messages[0]?.content ?? '',
  usage: { inputTokens: 2, outputTokens: 1 },
})

/** Tries a factor in each generation, ever nearer to 2. */
const approach: Optimizer<number> = {
  name: 'approach',
  init: () => 0,
  propose: step => [
    [{ updates: [['factor', 2 - 1 / (2 + step)]], parents: [], operator: 'approach' }],
    step + 1,
  ],
  observe: step => step,
  save: step => step,
  restore: Number,
}

const asking = (more: Partial<FitOptions<number>>) =>
  fit(new Asking({ factor: 1 }), double, {
    optimizer: approach,
    reward: numericCloseness(),
    budget: { generations: 3 },
    languageModel: echo,
    runner: new FakeRunner(),
    concurrency: 1,
    ...more,
  })

describe('metrics in fit', () => {
  it('tell of the best of each generation, the baseline, the winner and the test', async () => {
    const events: FitEvent[] = []
    const metrics = { right: accuracy(), failed: failureRate() }
    const test = samplesOf(x => 2 * x, [2, 9])
    const onEvent = (event: FitEvent) => void events.push(event)
    const result = await fit(scriptProgram('no()'), double, options({ metrics, test, onEvent }))
    expect(result.metrics).to.deep.equal({
      best: { right: 1, failed: 0 },
      baseline: { right: 0, failed: 1 },
      test: { best: { right: 1, failed: 0 }, baseline: { right: 0, failed: 1 } },
    })
    expect(result.history.map(entry => entry.metrics)).to.deep.equal([
      { right: 0.25, failed: 0 },
      { right: 1, failed: 0 },
    ])
    expect(events[0]).to.deep.include({ type: 'baseline', metrics: { right: 0, failed: 1 } })
  })

  it('must be numbers', async () => {
    const odd = { direction: 'up', init: 0, add: () => 0, result: () => Number.NaN } as const
    const failed = await fit(scriptProgram(), double, options({ metrics: { odd } })).catch(String)
    expect(failed).to.equal('RangeError: metrics.odd must give a number, got NaN')
  })
})

describe('the files of fit', () => {
  it('are the best program so far and a line per generation', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'espalier-fit-'))
    try {
      const [checkpoint, csv] = [join(folder, 'best.json'), join(folder, 'table.csv')]
      const kept: unknown[] = []
      const onEvent = (event: FitEvent) => {
        if (event.type !== 'checkpointed') return
        kept.push([event.id, scriptOf(loadSync(event.file, Sequential))])
      }
      const metrics = { right: accuracy() }
      await fit(scriptProgram(), double, options({ checkpoint, csv, onEvent, metrics }))
      expect(kept).to.deep.equal([
        [1, near],
        [2, right],
        [2, right],
      ])
      const lines = readFileSync(csv, 'utf8').trim().split('\n')
      expect(lines[0]).to.equal('generation,best,mean,evaluations,ms,right')
      expect(lines.slice(1).map(line => line.replace(/[\d.]+,([\d.]+)$/, '$1'))).to.deep.equal([
        '0,0.5833333333333334,0.29638574838004367,2,0.25',
        '1,1,1,1,1',
      ])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('minDelta', () => {
  it('is what a candidate must be better by to count for patience', async () => {
    const generations = async (minDelta: number) =>
      (await asking({ budget: { generations: 20 }, patience: 3, minDelta })).history.length
    expect(await generations(0)).to.equal(20)
    expect(await generations(0.1)).to.be.below(12)
  })
})

describe('sampleTimeout in fit', () => {
  it('costs the samples that are late, tells of them, and lets the run go on', async () => {
    const events: FitEvent[] = []
    const slow: LanguageFunction = async request => {
      if (request.messages[0]?.content === '3') await new Promise(resolve => setTimeout(resolve, 200))
      return echo(request)
    }
    const onEvent = (event: FitEvent) => void events.push(event)
    const ledger = new MemoryLedger()
    const result = await asking({ languageModel: slow, sampleTimeout: 30, onEvent, ledger, concurrency: 4 })
    expect(result.baseline.failures).to.equal(1)
    expect(result.best.rewards[2]).to.equal(0)
    expect(result.best.reward).to.be.above(result.baseline.reward)
    expect(events.filter(({ type }) => type === 'timed_out')).to.deep.equal(
      [0, 1, 2].map(id => ({ type: 'timed_out', id, samples: 1 })),
    )
    expect(ledger.read()[1]).to.have.nested.property('errors[0].kind', 'timed_out')
  })
})

describe('onFailure', () => {
  const gone = (alive: number): LanguageFunction => {
    let calls = 0
    return function model(request) {
      if (calls++ >= alive) throw new LanguageModelError('unavailable', 'nobody there')
      return echo(request)
    }
  }

  it('scores a failure of the machinery, or ends the run, which its ledger then goes on with', async () => {
    const whole = await asking({ languageModel: gone(Number.POSITIVE_INFINITY) })
    const scored = await asking({ languageModel: gone(6) })
    expect(scored.history.map(({ best }) => best)).to.deep.equal([0.29166666666666663, 0, 0])
    const ledger = new MemoryLedger()
    const failed = await asking({ languageModel: gone(6), onFailure: 'throw', ledger }).catch(String)
    expect(failed).to.equal(
      "Error: a run failed on sample 2, and not by the program's fault: unavailable: nobody there",
    )
    const runs: string[] = []
    const back = gone(Number.POSITIVE_INFINITY)
    const listening: LanguageFunction = request => {
      runs.push(request.messages[0]?.content ?? '')
      return back(request)
    }
    const languageModel = Object.defineProperty(listening, 'name', { value: 'model' })
    const result = await asking({ languageModel, onFailure: 'throw', ledger })
    // The baseline stands in the ledger.
    expect(runs).to.have.length(12)
    expect(result.best).to.deep.equal(whole.best)
  })

  it('never minds what programs do themselves', async () => {
    const optimizer = listOptimizer([['no()', right]])
    const result = await fit(scriptProgram(), double, options({ optimizer, onFailure: 'throw' }))
    expect(result.best.reward).to.equal(1)
  })
})

describe('a budget of language models', () => {
  it('ends the search where it is used up, and says what was spent', async () => {
    const prices = { echo: { input: 1e6, output: 2e6 } }
    const limits = [
      [{ calls: 10 }, 'calls', 10],
      // Four samples run at once, and two of them are under way when there is nothing left.
      [{ tokens: 30 }, 'tokens', 12],
      [{ money: 40 }, 'money', 12],
    ] as const
    for (const [budget, limit, calls] of limits) {
      const result = await asking({ budget, prices })
      expect([result.stopReason, result.limit]).to.deep.equal(['budget', limit])
      const spent = { calls, inputTokens: 2 * calls, outputTokens: calls, money: 4 * calls, guessed: 0 }
      expect(result.spent).to.deep.equal(spent)
      // Four calls are the baseline and four the first candidate; one that is cut off has no score, and not a bad one.
      const scored = Math.floor(calls / 4) - 1
      expect([result.evaluations, result.best.id]).to.deep.equal([scored, scored - 1])
    }
  })

  it('keeps back what choosing the winner takes', async () => {
    const validation = samplesOf(x => 2 * x, [7, 8])
    const more = { validation, finalists: 2, test: validation }
    const result = await asking({ ...more, budget: { calls: 40 } })
    expect([result.limit, result.best.id >= 0]).to.deep.equal(['calls', true])
    expect(result.test?.best.reward).to.be.above(result.test?.baseline.reward ?? 1)
    expect(result.spent.calls).to.be.at.most(40)
  })

  it('counts what the optimizer asks', async () => {
    const { spent, asked } = await mixedRun()
    expect([spent.calls, asked.questions]).to.deep.equal([2, 2])
  })

  it('may be one around the model, and ends the search too', async () => {
    const result = await asking({ languageModel: budgeted(echo, { calls: 9 }) })
    expect([result.stopReason, result.limit, result.evaluations]).to.deep.equal(['budget', 'over_budget', 1])
    expect(result.best.id).to.equal(0)
    const validation = samplesOf(x => 2 * x, [7])
    const unchosen = await asking({ languageModel: budgeted(echo, { calls: 9 }), validation })
    // The candidate could not be compared where it counts, so the base program stays.
    expect([unchosen.stopReason, unchosen.best.id]).to.deep.equal(['budget', -1])
  })

  it('must be enough for the baseline', async () => {
    const failed = await asking({ budget: { calls: 3 } }).catch(String)
    expect(String(failed)).to.contain('the budget was used up before the base program was scored')
  })
})
