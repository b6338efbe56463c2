import { expect } from 'chai'
import { oneOf, randomSearch, Space, StudyError, type StudyOptions } from '../../../src/search/index.ts'
import { checkOptions, checkStart, startRecord } from '../../../src/search/study/study-options.ts'
import { VERSION } from '../../../src/search/study/version.ts'

const space = Space.of([oneOf([1, 2])])
const record = (options: StudyOptions = {}) =>
  startRecord(checkOptions(options), space as Space<unknown>, randomSearch())

describe('the options of a study', () => {
  it('have defaults', () => {
    expect(checkOptions({})).to.deep.equal({
      seed: 0,
      directions: ['maximize'],
      budget: {},
      target: undefined,
      patience: undefined,
      window: 4,
      order: 'ordered',
      pruner: null,
    })
  })

  it('are refused when they make no sense', () => {
    const refuse = (options: StudyOptions, why: string): void => {
      expect(() => checkOptions(options)).to.throw(why)
    }
    refuse({ seed: Number.NaN }, 'a seed is a finite number or a string')
    refuse({ direction: 'up' as 'maximize' }, "direction must be 'maximize' or 'minimize', got 'up'")
    refuse({ direction: 'minimize', directions: ['maximize'] }, 'either a direction or directions, not both')
    refuse({ window: 0 }, 'window must be an integer of at least 1, got 0')
    refuse({ patience: 1.5 }, 'patience must be an integer of at least 1, got 1.5')
    refuse({ budget: { trials: -1 } }, 'budget.trials must be an integer of at least 0, got -1')
    refuse({ budget: { seconds: Number.NaN } }, 'budget.seconds must be a number of at least 0, got NaN')
    refuse({ target: Number.POSITIVE_INFINITY }, 'target must be a finite number')
  })

  it('become the first record, which a later study must agree with', () => {
    const start = record()
    expect(start).to.deep.equal({
      type: 'study',
      version: 1,
      library: VERSION,
      space: space.template.hash(),
      algorithm: { name: 'random-search', settings: { repeats: false } },
      seed: 0,
      direction: 'maximize',
      window: 4,
      order: 'ordered',
      template: JSON.parse(space.template.toJsonString()),
    })
    checkStart(JSON.parse(JSON.stringify(start)), start)
    expect(() => checkStart(record({ seed: 1 }), start)).to.throw(
      StudyError,
      'the study in the storage has the seed 1, and this one 0: they cannot be mixed',
    )
    expect(() => checkStart(record({ direction: 'minimize' }), start)).to.throw(
      StudyError,
      'the direction "minimize"',
    )
    expect(() => checkStart(record({ window: 9 }), start)).to.throw(StudyError, 'the window 9')
    expect(() => checkStart({ ...start, algorithm: { name: 'x', settings: {} } }, start)).to.throw(
      StudyError,
      'the algorithm',
    )
    expect(() => checkStart({ ...start, space: 5 }, start)).to.throw(StudyError, 'another space')
    expect(() => checkStart({ type: 'again', id: 1 }, start)).to.throw(
      StudyError,
      'does not begin with a study',
    )
  })
})
