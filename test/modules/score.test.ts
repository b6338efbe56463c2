import { expect } from 'chai'
import {
  type CallContext,
  evaluate,
  exactMatch,
  Graph,
  lambda,
  numericCloseness,
  Program,
  Sequential,
  type Trace,
} from '../../src/modules/index.ts'
import { isInfrastructure, meanOf, runSamples, scoreOf } from '../../src/modules/score.ts'
import { tell } from '../../src/modules/trace.ts'
import { type Json, Sandbox } from '../../src/runtime/index.ts'
import { f } from '../../src/symbolic/index.ts'
import { FakeRunner } from '../support/fake-runner.ts'
import { samplesOf, scriptProgram } from '../support/script-programs.ts'

/** What a Moody was called with. */
const ran: number[] = []

/** Gives its input back, but throws, and gives null, where told to. */
class Moody extends Program.define('scoreTest.Moody', {
  throwsAt: f.int().default(-1),
  nullAt: f.int().default(-1),
  isShort: f.bool().default(false),
}) {
  async call(input: Json): Promise<Json> {
    const { x } = input as { x: number }
    ran.push(x)
    if (x === this.throwsAt) throw new Error(`no ${x}`)
    return x === this.nullAt ? null : { y: x }
  }

  override async callMany(inputs: readonly Json[], context: CallContext): Promise<Json[]> {
    const outputs = await super.callMany(inputs, context)
    return this.isShort ? outputs.slice(1) : outputs
  }
}

/** Throws for every batch. */
class Broken extends Program.define('scoreTest.Broken', {}) {
  call(): Promise<Json> {
    throw new Error('called')
  }

  override callMany(): Promise<Json[]> {
    throw new Error('broken')
  }
}

/** Asks its part for a batch of one, and lives with what it throws. */
class Careful extends Program.define('scoreTest.Careful', { part: f.object(Program) }) {
  call(input: Json, context: CallContext): Promise<Json> {
    return this.part.callMany([input], context).then(
      outputs => outputs.length,
      () => 'caught',
    )
  }
}

const Same = lambda('scoreTest.Same', input => input)

let onAbort: (x: number) => void = () => {}

/** Never ends for 3, unless it is told to stop. */
class Slow extends Program.define('scoreTest.Slow', { onLate: f.string().default('end') }) {
  async call(input: Json, context: CallContext): Promise<Json> {
    const { x } = input as { x: number }
    if (x !== 3) return x
    return new Promise((_, reject) => {
      context.signal?.addEventListener('abort', () => {
        onAbort(x)
        tell(this, context, { input, output: null, begun: 0 })
        reject(new Error('stopped'))
      })
    })
  }
}

const reward = exactMatch()
const runner = new FakeRunner()
const same = samplesOf(x => x)

describe('evaluate', () => {
  it('scores every sample, in their order', async () => {
    const program = scriptProgram('result = { y: inputs.x > 2 ? inputs.x : 0 }')
    const score = await evaluate(program, same, { reward, runner })
    expect(score).to.deep.equal({
      reward: 0.5,
      rewards: [0, 0, 1, 1],
      failures: 0,
      standardError: Math.sqrt(1 / 12),
    })
  })

  it('gives nothing for failing, even where the default output is right', async () => {
    const program = scriptProgram('if (inputs.x > 1) throw new Error(); result = { y: 0 }')
    const score = await evaluate(
      program,
      samplesOf(() => -1),
      { reward: numericCloseness(), runner },
    )
    expect(score.rewards).to.deep.equal([0.5, 0, 0, 0])
    expect(score.failures).to.equal(3)
  })

  it('scores the same as one by one, and the same again', async () => {
    const program = scriptProgram('result = { y: inputs.x ** 2 }')
    const score = await evaluate(program, same, { reward: numericCloseness(), runner })
    expect(await evaluate(program, same, { reward: numericCloseness(), runner })).to.deep.equal(score)
    const single = await Promise.all(
      same.map(sample => evaluate(program, [sample], { reward: numericCloseness(), runner })),
    )
    expect(single.map(each => each.reward)).to.deep.equal(score.rewards)
  })

  it('lets a module that throws fail on those samples only', async () => {
    const score = await evaluate(new Moody({ throwsAt: 2, nullAt: 3 }), same, { reward, runner })
    expect(score.rewards).to.deep.equal([1, 0, 0, 1])
    expect(score.failures).to.equal(2)
  })

  it('does not mistake one output for another when a module loses some', async () => {
    const { outputs, errors } = await runSamples(new Moody({ isShort: true }), same, { runner })
    expect(outputs).to.deep.equal([null, null, null, null])
    expect(errors.get(0)).to.deep.equal({
      kind: 'threw',
      message: 'callMany gave 3 outputs for 4 inputs',
    })
  })

  it('waits for rewards that take their time, and refuses those that are none', async () => {
    const program = scriptProgram('result = { y: inputs.x }')
    const slow = await evaluate(program, same, { reward: async () => 0.25, runner })
    expect(slow.reward).to.equal(0.25)
    for (const wrong of [2, -0.1, Number.NaN]) {
      const failed = await evaluate(program, same, { reward: () => wrong, runner }).catch(String)
      expect(failed).to.equal(`RangeError: a reward must be a number from 0 to 1, got ${wrong} for sample 0`)
    }
  })

  it('is no score when it was aborted', async () => {
    await using sandbox = new Sandbox()
    const controller = new AbortController()
    setTimeout(() => controller.abort(new Error('enough')), 20)
    const program = scriptProgram('while (true) {}').rebind([['modules[0].timeout', 5000]])
    const { signal } = controller
    const failed = await evaluate(program, same, { reward, runner: sandbox, signal }).catch(String)
    expect(failed).to.equal('Error: enough')
  })

  it('passes traces on', async () => {
    const traces: Trace[] = []
    await evaluate(scriptProgram('no()'), same, { reward, runner, onTrace: trace => void traces.push(trace) })
    expect(traces.map(({ sample, defaulted }) => [sample, defaulted])).to.deep.equal([
      [0, true],
      [1, true],
      [2, true],
      [3, true],
    ])
  })

  it('is 0 for no samples', async () => {
    expect(await evaluate(scriptProgram(), [], { reward, runner })).to.deep.equal({
      reward: 0,
      rewards: [],
      failures: 0,
      standardError: 0,
    })
  })
})

describe('runSamples', () => {
  it('says what failed, by sample', async () => {
    const run = await runSamples(new Moody({ throwsAt: 2, nullAt: 3 }), same, { runner })
    expect(
      [...run.errors].sort(([a], [b]) => a - b).map(([i, error]) => [i, error.kind, error.message]),
    ).to.deep.equal([
      [1, 'threw', 'no 2'],
      [2, 'no_output', 'the output is null'],
    ])
    expect((await scoreOf(run, same, reward, { runner })).failures).to.equal(2)
  })
})

describe('a module that throws', () => {
  beforeEach(() => {
    ran.length = 0
  })
  const graphOf = (module: Program) =>
    new Graph({
      steps: { first: { module: new Same(), from: 'input' }, second: { module, from: 'first' } },
      output: 'second',
    })

  it('costs its own samples alone, and every input runs once', async () => {
    for (const program of [
      new Moody({ throwsAt: 3 }),
      new Sequential({ modules: [new Same(), new Moody({ throwsAt: 3 })] }),
      graphOf(new Moody({ throwsAt: 3 })),
    ]) {
      ran.length = 0
      const { outputs, errors } = await runSamples(program, same, { runner })
      expect(outputs).to.deep.equal([{ y: 1 }, { y: 2 }, null, { y: 4 }])
      expect([...errors]).to.deep.equal([[2, { kind: 'threw', message: 'no 3' }]])
      expect(ran).to.deep.equal([1, 2, 3, 4])
    }
  })

  it('costs its batch when the batch throws as a whole, and nothing before it runs again', async () => {
    const program = new Sequential({ modules: [new Moody(), new Broken()] })
    const { outputs, errors } = await runSamples(program, same, { runner })
    expect(outputs).to.deep.equal([null, null, null, null])
    expect([...errors.values()].map(({ message }) => message)).to.deep.equal(Array(4).fill('broken'))
    expect(ran).to.deep.equal([1, 2, 3, 4])
  })

  it('rejects inside of a single call, where the caller may catch it', async () => {
    const program = new Careful({ part: new Moody({ throwsAt: 3 }) })
    expect((await runSamples(program, same, { runner })).outputs).to.deep.equal([1, 1, 'caught', 1])
  })
})

describe('sampleTimeout', () => {
  const timeoutOf = (program: Program, sampleTimeout: number) =>
    runSamples(program, same, { runner }, { sampleTimeout })

  it('costs the samples that take too long, and leaves the others unharmed', async () => {
    const { outputs, errors } = await timeoutOf(new Slow(), 40)
    expect(outputs).to.deep.equal([1, 2, null, 4])
    expect([...errors]).to.deep.equal([
      [2, { kind: 'timed_out', message: 'the sample took longer than 40 ms' }],
    ])
  })

  it('tells what is late to stop, and does not listen to it any more', async () => {
    const traces: Trace[] = []
    const aborted: number[] = []
    const context = { runner, onTrace: (trace: Trace) => void traces.push(trace) }
    const program = new Slow({ onLate: 'tell' })
    const late = new Promise<void>(resolve => {
      onAbort = x => {
        aborted.push(x)
        resolve()
      }
    })
    const { errors } = await runSamples(program, same, context, { sampleTimeout: 20 })
    await late
    await new Promise(resolve => setTimeout(resolve, 5))
    expect([errors.size, aborted, traces]).to.deep.equal([1, [3], []])
  })

  it('is a number of milliseconds', async () => {
    for (const sampleTimeout of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      const failed = await evaluate(new Moody(), same, { reward, runner, sampleTimeout }).catch(String)
      expect(failed).to.contain('RangeError: sampleTimeout must be a number of milliseconds up to')
    }
  })
})

describe('isInfrastructure', () => {
  it('tells the fault of the machinery from that of a script', () => {
    const kinds = ['crashed', 'unavailable', 'cancelled', 'timeout', 'runtime', 'threw'] as const
    expect(kinds.map(kind => isInfrastructure({ kind }))).to.deep.equal([
      true,
      true,
      true,
      false,
      false,
      false,
    ])
  })

  it('tells the fault of a server from that of a prompt', () => {
    const ofServer = [
      'rate_limited',
      'misconfigured',
      'bad_reply',
      'failed',
      'over_budget',
      'not_recorded',
    ] as const
    expect(ofServer.every(kind => isInfrastructure({ kind }))).to.equal(true)
    const ofPrompt = ['refused', 'cut_off', 'filtered', 'invalid_result', 'invalid_input'] as const
    expect(ofPrompt.some(kind => isInfrastructure({ kind }))).to.equal(false)
  })
})

describe('meanOf', () => {
  it('is 0 for nothing', () => {
    expect([meanOf([]), meanOf([1, 2])]).to.deep.equal([0, 1.5])
  })
})
