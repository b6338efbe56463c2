import { expect } from 'chai'
import { type Algorithm, randomSearch, regularizedEvolution } from '../../src/search/index.ts'
import { type AlgorithmSuiteOptions, algorithmSuite } from '../../src/testing/index.ts'

describe('an algorithm', () => {
  const suites = {
    'random search': algorithmSuite(() => randomSearch()),
    'random search with repeats': algorithmSuite(() => randomSearch({ repeats: true }), { repeats: true }),
    'regularized evolution': algorithmSuite(() =>
      regularizedEvolution({ populationSize: 8, tournamentSize: 3 }),
    ),
  }
  for (const [algorithm, { cases }] of Object.entries(suites)) {
    describe(algorithm, () => {
      for (const { topic, name, run } of cases) it(`${topic}: ${name}`, run)
    })
  }

  describe('that breaks its promises', () => {
    const random = randomSearch()
    type State = ReturnType<typeof random.init>

    /** The names of the cases that an algorithm fails in the space of choices. */
    async function failures(
      changes: Partial<Algorithm<State>>,
      options: AlgorithmSuiteOptions = {},
    ): Promise<string[]> {
      const { cases } = algorithmSuite(() => ({ ...random, ...changes }) as Algorithm, {
        spaces: ['choices'],
        ...options,
      })
      const failed: string[] = []
      for (const { name, run } of cases) await run().catch(() => failed.push(name))
      return failed
    }

    it('is found out when it writes to its state', async () => {
      const ask: Algorithm<State>['ask'] = (state, spec) => {
        ;(state as { asked: number }).asked += 0
        return random.ask(state, spec)
      }
      expect(await failures({ ask })).to.include('writes to nothing that it is given')
    })

    it('is found out when it remembers elsewhere', async () => {
      let calls = 0
      const ask: Algorithm<State>['ask'] = (state, spec) =>
        random.ask({ ...state, asked: state.asked + calls++ }, spec)
      expect(await failures({ ask })).to.include(
        'is a value: the same seed proposes the same, and asking twice too',
      )
      const ended = new WeakSet<object>()
      const forgetful: Algorithm<State>['ask'] = (state, spec) => {
        const [proposal, next] = random.ask(state, spec)
        ended.add(next)
        return ended.has(state) || state.asked === 0 ? [proposal, next] : [null, next]
      }
      expect(await failures({ ask: forgetful })).to.include('has a state that is JSON')
    })

    it('is found out when it proposes what is not there, or again', async () => {
      const again: Algorithm<State>['ask'] = (state, spec) => [{ dna: spec.dnaAt(0), parents: [] }, state]
      expect(await failures({ ask: again })).to.include('proposes nothing twice')
      expect(await failures({ ask: again }, { repeats: true })).to.deep.equal([])
      const orphan: Algorithm<State>['ask'] = (state, spec) => {
        const [proposal, next] = random.ask(state, spec)
        return [proposal && { ...proposal, parents: [99] }, next]
      }
      expect(await failures({ ask: orphan })).to.include(
        'proposes points of the space, made from earlier trials',
      )
    })

    it('is found out when it cannot do without rewards, or with what it did not ask for', async () => {
      const tell: Algorithm<State>['tell'] = (state, { reward }) => {
        if (reward === null) throw new Error('no reward')
        return state
      }
      expect(await failures({ tell })).to.include('goes on when nothing has a reward')
      const strict: Algorithm<State>['tell'] = (state, { id }) => {
        if (id > state.asked) throw new Error('never asked')
        return state
      }
      expect(await failures({ tell: strict })).to.include('learns from trials that it never proposed')
    })
  })
})
