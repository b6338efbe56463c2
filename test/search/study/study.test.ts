import { expect } from 'chai'
import {
  type Algorithm,
  type Evaluate,
  floatV,
  intV,
  MemoryStorage,
  oneOf,
  Rng,
  randomSearch,
  regularizedEvolution,
  Space,
  type StopReason,
  Study,
  StudyError,
  type StudyOptions,
  type StudyRecord,
  type StudyStorage,
  type Trial,
  untimed,
} from '../../../src/search/index.ts'
import { f, SymObject } from '../../../src/symbolic/index.ts'

class Model extends SymObject.define('test.search.study.Model', {
  units: f.int({ min: 1 }),
  depth: f.int({ min: 1 }),
  rate: f.float({ min: 0, max: 1 }),
}) {}

const template = new Model({ units: intV(1, 64), depth: oneOf([1, 2, 3, 4]), rate: floatV(0, 1) })
const space = Space.of(template)
const score = (model: Model): number =>
  -Math.abs(model.units - 40) - Math.abs(model.depth - 3) - Math.abs(model.rate - 0.5)
const finite = Space.of(new Model({ units: oneOf([1, 2, 3]), depth: oneOf([1, 2]), rate: 0.5 }))

const study = (options: StudyOptions = {}): Study<Model> =>
  new Study(space, regularizedEvolution(), { seed: 7, ...options })
const later = (milliseconds: number): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, milliseconds))

/** What a history says, without the objects. */
const story = (of: Study<Model>): unknown => JSON.parse(JSON.stringify(of.history))

async function told(of: Study<Model>, upTo?: number): Promise<Study<Model>> {
  for await (const trial of of.trials(upTo)) trial.tell(score(trial.value))
  return of
}

/** The error that a promise is rejected with. */
async function rejection(promise: Promise<unknown>): Promise<StudyError> {
  try {
    await promise
  } catch (error) {
    return error as StudyError
  }
  throw new Error('nothing was thrown')
}

describe('Study', () => {
  it('hands out typed trials, and knows the best', async () => {
    const search = study()
    for await (const trial of search.trials(100)) {
      const model: Model = trial.value
      expect(model).to.be.instanceOf(Model)
      trial.tell(score(model), { metrics: { units: model.units } })
    }
    expect(search.stopReason).to.equal('budget')
    expect(search.history.map(({ id }) => id)).to.deep.equal(Array.from({ length: 100 }, (_, i) => i + 1))
    const { best } = search
    const value: Model = best.value
    expect(best.reward).to.equal(score(value))
    expect(best.reward).to.equal(
      Math.max(...search.history.map(trial => (trial.status === 'told' ? trial.reward : -99))),
    )
    expect(best.metrics).to.deep.equal({ units: value.units })
    expect(space.encode(value).equals(best.dna)).to.equal(true)
  })

  it('takes a tree with hyper values for a space', async () => {
    const search = new Study(template, randomSearch(), { budget: { trials: 3 } })
    const units: number[] = []
    for await (const trial of search.trials()) {
      units.push(trial.value.units)
      trial.tell(1)
    }
    expect(units.length).to.equal(3)
    expect(search.best.value.depth).to.be.within(1, 4)
  })

  it('minimizes when told to', async () => {
    const search = new Study(space, regularizedEvolution(), { direction: 'minimize', seed: 7 })
    for await (const trial of search.trials(100)) trial.tell(-score(trial.value))
    const mirror = await told(study(), 100)
    expect(search.best.reward).to.equal(-mirror.best.reward)
    expect(String(search.best.dna)).to.equal(String(mirror.best.dna))
  })

  it('gives the same trials for the same seed, at any concurrency and speed', async () => {
    const alone = await told(study(), 40)
    expect(story(await told(study({ seed: 8 }), 40))).not.to.deep.equal(story(alone))
    for (const concurrency of [1, 2, 4]) {
      const many = study({ budget: { trials: 40 } })
      const delays = Rng.from(concurrency)
      let open = 0
      let most = 0
      await many.optimize(
        async model => {
          most = Math.max(most, ++open)
          await later(delays.float() * 3)
          open--
          return score(model)
        },
        { concurrency },
      )
      expect(story(many)).to.deep.equal(story(alone))
      expect(most).to.equal(concurrency)
    }
  })

  it('ends at the same trial at any concurrency, whichever is evaluated first', async () => {
    for (const end of [{ target: -8 }, { patience: 6 }]) {
      const alone = study({ ...end })
      const reason = await alone.optimize(score)
      expect(reason).to.equal('target' in end ? 'target' : 'patience')
      for (let seed = 0; seed < 3; seed++) {
        const delays = Rng.from(seed)
        const many = study({ ...end })
        const signals: AbortSignal[] = []
        const finished = new Set<number>()
        await many.optimize(
          async (model, trial) => {
            signals.push(trial.signal)
            await later(delays.float() * 4)
            if (!trial.signal.aborted) finished.add(trial.id)
            return score(model)
          },
          { concurrency: 4 },
        )
        expect(many.stopReason).to.equal(reason)
        expect(story(many)).to.deep.equal(story(alone))
        signals.forEach(({ aborted }, i) => {
          const isWanted = i < alone.history.length
          expect(aborted).to.equal(!isWanted && !finished.has(i + 1))
        })
      }
    }
  })

  describe('answers', () => {
    it('may be skips and failures: they count, and have no reward', async () => {
      const search = study()
      for await (const trial of search.trials(30)) {
        if (trial.id % 3 === 0) trial.skip('multiple of three')
        else if (trial.id % 5 === 0) trial.fail(new RangeError('five'))
        else trial.tell(score(trial.value))
      }
      expect(search.history.filter(({ status }) => status === 'skipped').length).to.equal(10)
      expect(search.history[4]).to.include({ id: 5, status: 'failed', reason: 'RangeError: five' })
      expect(search.best.id % 3).not.to.equal(0)
    })

    it('cannot be left out: the loop throws, and the trial is not handed out again', async () => {
      const search = study()
      let left: Trial<Model> | undefined
      const loop = async (): Promise<void> => {
        for await (const trial of search.trials(10)) {
          if (trial.id === 3) left = trial
          else trial.tell(score(trial.value))
        }
      }
      const why =
        'trial 3 was left without an answer: call its tell(reward), skip(reason) or fail(error); study.pending has it'
      expect((await rejection(loop())).message).to.equal(why)
      expect(search.stopReason).to.equal(undefined)
      expect(search.pending.map(({ id }) => id)).to.deep.equal([3])
      expect((await rejection(loop())).message).to.equal(why)
      left?.tell(1)
      await loop()
      expect(search.history.map(({ id }) => id)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
      expect(search.best.id).to.equal(3)
    })

    it('cannot be left out by breaking off either; an error of the loop itself comes through', async () => {
      const broken = study()
      const breaking = async (): Promise<void> => {
        for await (const trial of broken.trials()) if (trial.id === 1) break
      }
      expect((await rejection(breaking())).message).to.contain('trial 1 was left without an answer')
      const thrown = study()
      const throwing = async (): Promise<void> => {
        for await (const trial of thrown.trials()) throw new RangeError(`at ${trial.id}`)
      }
      expect((await rejection(throwing())).message).to.equal('at 1')
      thrown.pending[0]?.skip()
      await told(thrown, 5)
      expect(thrown.history.length).to.equal(5)
    })

    it('end the loop quietly when it breaks off after one', async () => {
      const search = study()
      for await (const trial of search.trials()) {
        trial.tell(1)
        if (trial.id === 4) break
      }
      expect([search.history.length, search.stopReason]).to.deep.equal([4, undefined])
    })

    it('are given once, and must be numbers', async () => {
      const search = study()
      for await (const trial of search.trials(2)) {
        expect(() => trial.tell(Number.NaN)).to.throw(StudyError, 'must be a finite number, got NaN')
        expect(trial.isAnswered).to.equal(false)
        trial.tell(1)
        expect(() => trial.tell(2)).to.throw(StudyError, `trial ${trial.id} has its answer already`)
        expect(() => trial.skip()).to.throw(StudyError, 'has its answer already')
      }
      expect(search.best.reward).to.equal(1)
    })

    it('may come from several loops at once, which wait for each other at the window', async () => {
      const search = study({ window: 2 })
      const order: string[] = []
      const loop = async (name: string, pause: number): Promise<void> => {
        for await (const trial of search.trials(8)) {
          await later(pause)
          order.push(`${name}${trial.id}`)
          trial.tell(score(trial.value))
        }
      }
      await Promise.all([loop('slow', 12), loop('quick', 1)])
      expect(search.history.length).to.equal(8)
      expect(order.slice(0, 3)).to.deep.equal(['quick2', 'slow1', 'quick3'])
      expect(story(search)).to.deep.equal(story(await told(study({ window: 2 }), 8)))
    })
  })

  it('takes no notice of answers beyond its end', async () => {
    const storage = new MemoryStorage()
    const search = study({ storage, target: 1 })
    const [first, second] = [search.trials(), search.trials()]
    const [one, two] = [(await first.next()).value, (await second.next()).value] as [
      Trial<Model>,
      Trial<Model>,
    ]
    one.tell(1)
    expect([search.stopReason, two.signal.aborted]).to.deep.equal(['target', true])
    two.tell(99)
    expect((await second.next()).done).to.equal(true)
    expect([search.history.length, search.best.reward, storage.read().length]).to.deep.equal([1, 1, 4])
  })

  describe('its end', () => {
    const reason = async (options: StudyOptions, of = space): Promise<StopReason | undefined> => {
      const search = new Study(of, randomSearch(), options)
      expect(search.stopReason).to.equal(undefined)
      for await (const trial of search.trials()) {
        expect(search.stopReason).to.equal(undefined)
        trial.tell(trial.id === 1 ? 5 : 1)
      }
      return search.stopReason
    }

    it('has an honest reason', async () => {
      expect(await reason({ budget: { trials: 5 } })).to.equal('budget')
      expect(await reason({ budget: { trials: 0 } })).to.equal('budget')
      expect(await reason({ budget: { seconds: 0.02 } })).to.equal('budget')
      expect(await reason({ target: 5, budget: { trials: 1 } })).to.equal('target')
      expect(await reason({ target: 1, direction: 'minimize' })).to.equal('target')
      expect(await reason({ patience: 3 })).to.equal('patience')
      expect(await reason({ patience: 3, budget: { trials: 3 } })).to.equal('budget')
      expect(await reason({}, finite)).to.equal('exhausted')
      expect(await reason({ budget: { trials: 6 } }, finite)).to.equal('budget')
    })

    it('is not the end when there is more budget', async () => {
      const search = await told(study(), 5)
      expect(search.stopReason).to.equal('budget')
      await told(search, 12)
      expect(story(search)).to.deep.equal(story(await told(study(), 12)))
    })

    it('has no best when nothing has a reward', async () => {
      const search = study()
      expect(() => search.best).to.throw(StudyError, 'there is no best trial yet: none has been answered')
      for await (const trial of search.trials(2)) trial.skip('no use')
      expect(() => search.best).to.throw(
        StudyError,
        'none of the 2 answered has a reward; trial 1 was skipped: no use',
      )
    })

    it('must be in sight for optimize', async () => {
      expect((await rejection(study().optimize(score))).message).to.contain('nothing would end this study')
      expect(await new Study(finite, randomSearch()).optimize(() => 1)).to.equal('exhausted')
      const endless = new Study(finite, randomSearch({ repeats: true }))
      expect((await rejection(endless.optimize(() => 1))).message).to.contain('nothing would end this study')
      expect(() => study().trials(Number.NaN)).to.throw(StudyError, 'needs a number of trials')
    })
  })

  describe('its storage', () => {
    const everything = async (): Promise<{ records: readonly StudyRecord[]; whole: Study<Model> }> => {
      const storage = new MemoryStorage()
      const whole = study({ storage, budget: { trials: 30 } })
      await whole.optimize((model, trial) => (trial.id % 7 === 0 ? trial.skip('seven') : score(model)))
      return { records: storage.read(), whole }
    }

    it('has a trial before it is handed out, and its answer before the next', async () => {
      const storage = new MemoryStorage()
      const search = study({ storage })
      for await (const trial of search.trials(2)) {
        const last = untimed(storage.read()).at(-1)
        expect(last).to.deep.equal({ type: 'ask', id: trial.id, dna: trial.dna.toJSON(), parents: [] })
        trial.tell(trial.id)
        expect(untimed(storage.read()).at(-1)).to.deep.equal({ type: 'tell', id: trial.id, reward: trial.id })
      }
      expect(storage.read().map(({ type }) => type)).to.deep.equal(['study', 'ask', 'tell', 'ask', 'tell'])
    })

    it('lets a study go on from any record as if nothing had happened', async () => {
      const { records, whole } = await everything()
      for (let length = 0; length <= records.length; length += 3) {
        const kept: StudyRecord[] = JSON.parse(JSON.stringify(records.slice(0, length)))
        const storage = new MemoryStorage(kept)
        const resumed = study({ storage, budget: { trials: 30 } })
        const open = new Set(kept.flatMap(record => (record.type === 'ask' ? [record.id] : [])))
        for (const record of kept)
          if (record.type === 'tell' || record.type === 'skip') open.delete(record.id)
        expect(resumed.history.length).to.equal(
          kept.filter(({ type }) => type === 'tell' || type === 'skip').length,
        )
        await resumed.optimize((model, trial) => {
          expect(trial.attempt).to.equal(open.has(trial.id) ? 2 : 1)
          return trial.id % 7 === 0 ? trial.skip('seven') : score(model)
        })
        expect(story(resumed)).to.deep.equal(story(whole))
        expect(resumed.stopReason).to.equal('budget')
        const fresh = untimed(storage.read()).filter(({ type }) => type !== 'again')
        expect(fresh).to.deep.equal(untimed(records))
      }
    })

    it('lets a study that was cut off at concurrency 4 go on alike', async () => {
      const { whole } = await everything()
      const storage = new MemoryStorage()
      const delays = Rng.from('cut')
      const controller = new AbortController()
      const evaluate: Evaluate<Model> = async (model, trial) => {
        await later(delays.float() * 3)
        if (trial.id === 17) controller.abort()
        return trial.id % 7 === 0 ? trial.skip('seven') : score(model)
      }
      const options = { storage, budget: { trials: 30 } }
      const cut = study(options)
      expect(await cut.optimize(evaluate, { concurrency: 4, signal: controller.signal })).to.equal('aborted')
      expect(cut.history.length).to.be.below(20)
      const resumed = study(options)
      await resumed.optimize(evaluate, { concurrency: 3 })
      expect(story(resumed)).to.deep.equal(story(whole))
      // The cut one, too, can be asked to go on.
      expect(cut.pending).to.deep.equal([])
    })

    it('refuses to mix studies', async () => {
      const { records } = await everything()
      const over =
        (options: StudyOptions, algorithm: Algorithm = regularizedEvolution()): (() => unknown) =>
        () =>
          new Study(space, algorithm, { seed: 7, storage: new MemoryStorage(records), ...options })
      expect(over({ seed: 8 })).to.throw(
        StudyError,
        'the study in the storage has the seed 7, and this one 8',
      )
      expect(over({ window: 5 })).to.throw(StudyError, 'the window 4')
      expect(over({}, randomSearch())).to.throw(StudyError, 'the algorithm {"name":"regularized-evolution"')
      expect(
        () => new Study(finite, regularizedEvolution(), { seed: 7, storage: new MemoryStorage(records) }),
      ).to.throw(StudyError, 'another space')
    })

    it('may be asynchronous, and its errors are thrown', async () => {
      const memory = new MemoryStorage()
      let broken = false
      const slow: StudyStorage = {
        read: async () => {
          await later(5)
          return memory.read()
        },
        append: async record => {
          await later(1)
          if (broken) throw new Error('disk full')
          memory.append(record)
        },
      }
      const search = study({ storage: slow })
      expect(() => search.history).to.throw(
        StudyError,
        'the study is still reading its storage; write: await study.ready',
      )
      await search.ready
      expect(search.history).to.deep.equal([])
      await told(search, 4)
      expect(memory.read().length).to.equal(9)
      expect(story(await told(study({ storage: slow }), 10))).to.deep.equal(story(await told(study(), 10)))
      const failing = study({ storage: slow })
      await failing.ready
      broken = true
      expect((await rejection(told(failing, 20))).message).to.equal('disk full')
      broken = false
      const late = study({
        storage: {
          ...slow,
          append: record =>
            record.type === 'tell' ? Promise.reject(new Error('gone')) : slow.append(record),
        },
      })
      expect((await rejection(told(late, 20))).message).to.contain(
        'an answer could not be stored, and the study cannot go on: Error: gone',
      )
      const unreadable = study({
        storage: { ...slow, read: () => Promise.reject(new Error('no such file')) },
      })
      expect((await rejection(told(unreadable, 1))).message).to.equal('no such file')
    })
  })
})
