import { expect } from 'chai'
import {
  budgeted,
  type FitEvent,
  type FitOptions,
  type LanguageFunction,
  LedgerError,
  type LedgerRecord,
  MemoryLedger,
  untook,
} from '../../../src/modules/index.ts'
import { Ledger } from '../../../src/modules/ledger/ledger.ts'
import type { StartRecord } from '../../../src/modules/ledger/records.ts'
import { FakeRunner } from '../../support/fake-runner.ts'
import {
  type MixedState,
  mixedOptimizer,
  mixedRun,
  oracle,
  plainResult,
  timeless,
  wordsOf,
} from '../../support/ledger-runs.ts'

type More = Partial<FitOptions<MixedState>>

/** The records of a run, and its result. */
async function recorded(more: More = {}, before: readonly LedgerRecord[] = []) {
  const ledger = new MemoryLedger(before)
  const result = await mixedRun({ ...more, ledger })
  return { records: ledger.read(), result }
}

/** Expects a run that is cut at every record, or every so many, to end as the whole one did, records and result. */
async function expectToGoOn(more: More, between: (i: number) => More = () => ({}), every = 1) {
  const { records, result } = await recorded(more)
  for (let i = 0; i <= records.length; i += every) {
    const again = await recorded({ ...more, ...between(i) }, records.slice(0, i))
    expect(untook(again.records), `cut at ${i}`).to.deep.equal(untook(records))
    expect(timeless(again.result), `cut at ${i}`).to.deep.equal(timeless(result))
    expect(again.records.slice(0, i)).to.deep.equal(records.slice(0, i))
    if (i === records.length) expect(plainResult(again.result)).to.deep.equal(plainResult(result))
  }
  return { records, result }
}

describe('a run with a ledger', () => {
  it('tells what it did, in the order of ids', async () => {
    const { records } = await recorded()
    expect(wordsOf(records)).to.deep.equal([
      ...['fit', 'baseline -1', 'start -1', 'refused 3', 'search 0', 'search 1', 'search 2', 'search 4'],
      ...['generation', 'answer', 'refused 8', 'search 5', 'search 6', 'search 7', 'search 9', 'generation'],
      ...['answer', 'final 7', 'searched', 'final 5', ...Array(7).fill('simplify 7'), 'simplified 7'],
      ...['test 7', 'test -1', 'end 7'],
    ])
    const [, , , , , , , look] = records
    expect(look).to.deep.include({ at: [1, 0], rewards: [0, 0] })
    expect(look).to.have.nested.property('records[0].traces[0].error.kind', 'runtime')
  })

  it('does what it does without one', async () => {
    expect(timeless(await mixedRun())).to.deep.equal(timeless((await recorded()).result))
  })

  it('goes on from every record, and ends with the same records and the same result', async () => {
    const { result } = await expectToGoOn({})
    expect(result.stopReason).to.equal('target')
  })

  it('goes on in the same way from what another concurrency wrote', async () => {
    const fake = new FakeRunner({ delay: script => script.length % 5 })
    const slow = await expectToGoOn({ concurrency: 8, runner: fake }, i => ({ concurrency: 1 + (i % 3) }), 3)
    const { records } = await recorded({ concurrency: 1 })
    expect(untook(records)).to.deep.equal(untook(slow.records))
  })

  it('runs and asks nothing that stands there', async () => {
    const { records } = await recorded()
    const runner = new FakeRunner()
    const silent: LanguageFunction = () => {
      throw new Error('asked')
    }
    const languageModel = Object.defineProperty(silent, 'name', { value: oracle.name })
    await recorded({ runner, languageModel }, records)
    expect(runner.calls).to.deep.equal([])
  })

  it('tells everything again, and that it goes on', async () => {
    const told = async (before: readonly LedgerRecord[]) => {
      const events: FitEvent[] = []
      await recorded({ onEvent: event => void events.push(event) }, before)
      return events
    }
    const { records } = await recorded()
    const [first, ...others] = await told(records)
    expect(first).to.deep.include({ type: 'resumed', records: records.length })
    const types = (events: readonly FitEvent[]) => events.map(({ type }) => type)
    expect(types(others)).to.deep.equal(types(await told([])))
  })

  it('goes on after an abort as if there had been none', async () => {
    const whole = await recorded()
    for (const generation of [0, 1]) {
      const controller = new AbortController()
      const runner = new FakeRunner({ delay: () => 2 })
      const onEvent = (event: FitEvent) => {
        const isDue = event.type === 'generation' && event.generation === generation
        if (isDue) setTimeout(() => controller.abort(), 3)
      }
      const cut = await recorded({ signal: controller.signal, onEvent, runner, concurrency: 2 })
      expect(untook(cut.records)).to.deep.equal(untook(whole.records).slice(0, cut.records.length))
      const again = await recorded({}, cut.records)
      expect(untook(again.records)).to.deep.equal(untook(whole.records))
    }
  })

  it('goes on after an error, which leaves no record', async () => {
    const { records } = await recorded()
    const ledger = new MemoryLedger()
    const broken = {
      ...mixedOptimizer,
      observe: () => {
        throw new Error('out of ideas')
      },
    }
    expect(await mixedRun({ ledger, optimizer: broken }).catch(String)).to.equal('Error: out of ideas')
    expect(ledger.read()).to.have.length.above(5)
    expect(untook((await recorded({}, ledger.read())).records)).to.deep.equal(untook(records))
  })
})

describe('a ledger and limits', () => {
  it('counts the time of earlier runs', async () => {
    const runner = new FakeRunner({ delay: () => 5 })
    const more = { budget: { seconds: 0.3 }, target: 2, patience: 10_000, runner }
    const { records, result } = await recorded(more)
    expect([result.stopReason, result.limit]).to.deep.equal(['budget', 'seconds'])
    const at = records.findIndex(({ type }) => type === 'searched')
    // Replayed as it was, whatever the clock says now, and told to be late by what it took before.
    const again = await recorded({ ...more, runner: new FakeRunner() }, records)
    expect(plainResult(again.result)).to.deep.equal(plainResult(result))
    const late = await recorded({ ...more, runner: new FakeRunner() }, records.slice(0, at))
    expect(untook(late.records).slice(0, at + 1)).to.deep.equal(untook(records).slice(0, at + 1))
  })

  it('leaves out what was not begun in time, again', async () => {
    const runner = new FakeRunner({ delay: () => 60 })
    const more = { budget: { seconds: 0.2 }, target: 2, concurrency: 1, runner }
    const { records, result } = await recorded(more)
    const first = records.findIndex(record => record.type === 'scored' && record.left === 'seconds')
    expect([result.stopReason, first > 0]).to.deep.equal(['budget', true])
    for (const length of [first + 1, records.length]) {
      const again = await recorded({ ...more, runner: new FakeRunner() }, records.slice(0, length))
      expect(untook(again.records)).to.deep.equal(untook(records))
    }
  })

  it('goes on with the same bill', async () => {
    const more = { budget: { calls: 2 }, target: 2, concurrency: 1, test: undefined as never }
    const prices = { oracle: { input: 1e6, output: 1e6 } }
    const { records, result } = await recorded({ ...more, prices })
    const asked = records.findIndex(({ type }) => type === 'answer') + 1
    for (const length of [asked, asked + 3, records.length]) {
      const again = await recorded({ ...more, prices }, records.slice(0, length))
      expect(timeless(again.result)).to.deep.equal(timeless(result))
    }
    expect([result.stopReason, result.limit]).to.deep.equal(['budget', 'calls'])
    expect(result.spent).to.deep.equal({ calls: 2, inputTokens: 6, outputTokens: 4, money: 10, guessed: 0 })
  })

  it('ends again where a budget around a model ended it', async () => {
    const model = () => budgeted(oracle, { calls: 1 })
    const { records } = await recorded({ languageModel: model(), target: 2 })
    const again = await recorded({ languageModel: model(), target: 2 }, records)
    expect(again.result.limit).to.equal('over_budget')
    expect(again.records).to.deep.equal(records)
  })
})

describe('a ledger of another run', () => {
  const refusal = async (more: More): Promise<string> => {
    const { records } = await recorded()
    return recorded(more, records).then(() => 'none', String)
  }

  it('is refused, with what differs', async () => {
    const refused = 'LedgerError: the ledger: is the ledger of another run: '
    expect(await refusal({ seed: 6 })).to.contain(`${refused}the seed was 5 and is 6`)
    expect(await refusal({ batchSize: 2, patience: 3 })).to.contain(
      `${refused}the option 'batchSize' was 3 and is 2; the option 'patience' was not given and is 3`,
    )
    expect(await refusal({ validation: [{ inputs: 1, outputs: 2 }] })).to.contain(
      'the validation samples was',
    )
    expect(await refusal({ budget: { generations: 9 } })).to.contain(
      `the option 'budget' was {"generations":3} and is {"generations":9}`,
    )
    const other = { ...mixedOptimizer, name: 'other', init: () => ({ step: 0, factors: [7] }) }
    expect(await refusal({ optimizer: other })).to.contain(
      `the optimizer was "mixed" and is "other"; the state that the optimizer begins with was`,
    )
  })

  it('is noticed where it does not repeat', async () => {
    let step = 0
    const fickle = {
      ...mixedOptimizer,
      observe: (state: MixedState) => ({ ...state, factors: [step++] }),
    }
    const { records } = await recorded({ optimizer: fickle })
    const failed = await recorded({ optimizer: fickle }, records).catch(String)
    expect(failed).to.contain(
      "LedgerError: the ledger:13: the run does not repeat: it was search 6 'draw' here, and is search 6 'draw'; an optimizer",
    )
  })
})

describe('Ledger', () => {
  const start: StartRecord = {
    type: 'fit',
    version: 1,
    optimizer: 'none',
    program: '',
    state: '',
    samples: '',
    targets: [],
    seed: 0,
    options: {},
  }
  const answer = { type: 'answer', number: 0, question: 'q' } as const

  it('gives what it has, and then takes what it is given', async () => {
    const storage = new MemoryLedger()
    const ledger = await Ledger.open(storage, start, undefined)
    expect(ledger.taken('answer', { number: 0 })).to.equal(undefined)
    await ledger.write({ ...answer, answer: { ok: true, value: 1, usage: {} } }, { calls: 1 })
    const again = await Ledger.open(storage, start, undefined)
    expect(again.length).to.equal(2)
    expect(again.taken('answer', { number: 0, question: 'q' })).to.have.nested.property('took.calls', 1)
    expect(again.upcoming).to.equal(undefined)
  })

  it('goes on counting the time where it ended', async () => {
    const took = { at: 0, elapsed: 5000 }
    const ledger = await Ledger.open(new MemoryLedger([{ ...start, took }]), start, undefined)
    expect(ledger.elapsed).to.be.within(5000, 9000)
  })

  it('gives what it is given as it will be read', async () => {
    const ledger = await Ledger.open(new MemoryLedger(), start, undefined)
    const written = await ledger.write({
      ...answer,
      answer: { ok: true, value: -0, usage: { inputTokens: undefined } },
    })
    expect(Object.is((written.answer as { value: number }).value, 0)).to.equal(true)
    expect(written.answer).to.deep.equal({ ok: true, value: 0, usage: {} })
  })

  it('throws for a record that has not as many rewards as samples', async () => {
    const storage = new MemoryLedger()
    const ledger = await Ledger.open(storage, start, undefined)
    const subject = { phase: 'final', id: 1, proposal: null, on: 'samples' } as const
    await ledger.write({ type: 'scored', ...subject, rewards: [1] })
    const again = await Ledger.open(storage, start, undefined)
    expect(() => again.taken('scored', subject, 2)).to.throw(
      LedgerError,
      'the ledger:2: has 1 rewards for 2 samples',
    )
  })

  it('writes nothing once its signal has aborted', async () => {
    const storage = new MemoryLedger()
    const ledger = await Ledger.open(storage, start, AbortSignal.abort())
    await ledger.write({ ...answer, answer: { ok: true, value: 1, usage: {} } })
    await ledger.step({ type: 'searched', stopReason: 'aborted' })
    expect(storage.read()).to.have.length(1)
  })
})
