import { expect } from 'chai'
import {
  MemoryStorage,
  oneOf,
  randomSearch,
  Space,
  StudyError,
  type StudyOptions,
  type Trial,
} from '../../../src/search/index.ts'
import { StudyDesk } from '../../../src/search/study/desk.ts'
import { Ledger } from '../../../src/search/study/ledger.ts'
import { Scribe } from '../../../src/search/study/scribe.ts'
import { checkOptions, startRecord } from '../../../src/search/study/study-options.ts'

const space = Space.of([oneOf([0, 1, 2, 3, 4, 5, 6, 7])])
type Point = typeof space extends Space<infer Value> ? Value : never

function deskOf(given: StudyOptions<Point> = {}): {
  desk: StudyDesk<Point>
  storage: MemoryStorage
  changes: () => number
} {
  const options = checkOptions({ window: 2, ...given })
  const algorithm = randomSearch()
  const storage = new MemoryStorage()
  const ledger = new Ledger({ ...options, spec: space.spec, algorithm, cost: undefined })
  const scribe = new Scribe(storage, startRecord(options, space, algorithm))
  let changes = 0
  const parts = { space, options, constraint: given.constraint, ledger, scribe }
  return { desk: new StudyDesk(parts, () => void changes++), storage, changes: () => changes }
}

/** The next trial, which there must be. */
async function taken(next: Promise<Trial<Point> | null>): Promise<Trial<Point>> {
  const trial = await next
  if (trial === null) throw new Error('there is no trial')
  return trial
}

describe('the desk of a study', () => {
  it('serves in the order of asking, and lets wait at the window', async () => {
    const { desk, storage } = deskOf()
    const run = desk.begin(4)
    const asked = [desk.next(run), desk.next(run), desk.next(run), desk.next(run), desk.next(run)]
    const [one, two] = [await taken(asked[0] as never), await taken(asked[1] as never)]
    expect([one.id, two.id, desk.handed.size]).to.deep.equal([1, 2, 2])
    two.tell(2)
    one.tell(1)
    const [three, four] = [await taken(asked[2] as never), await taken(asked[3] as never)]
    three.tell(3)
    four.tell(4)
    expect(await asked[4]).to.equal(null)
    expect([desk.stopReason, storage.read().length]).to.deep.equal(['budget', 9])
  })

  it('hands out again what was given up, and takes no answer to the old one', async () => {
    const { desk, changes } = deskOf()
    const run = desk.begin(9)
    const first = await taken(desk.next(run))
    run.open.add(first)
    desk.abort(run)
    expect([await desk.next(run), desk.stopReason, changes()]).to.deep.equal([null, 'aborted', 1])
    const again = await taken(desk.next(desk.begin(9)))
    expect([again.id, again.attempt, again === first]).to.deep.equal([1, 2, false])
    expect(() => first.tell(1)).to.throw(StudyError, 'trial 1 was given up by the study')
    first.report(1, 1)
    again.tell(1)
    expect(() => again.tell(1)).to.throw(StudyError, 'trial 1 has its answer already')
  })

  it('hands out once more what failed, unless it was given up meanwhile', async () => {
    const { desk, storage } = deskOf()
    const run = desk.begin(9)
    const first = await taken(desk.next(run))
    const second = await taken(desk.retry(first, new Error('once')))
    expect([second.id, second.attempt, first.state]).to.deep.equal([1, 2, 'dropped'])
    const waiting = desk.retry(second, new Error('twice'))
    desk.drop([second])
    expect(await waiting).to.equal(null)
    const reasons = storage.read().flatMap(record => (record.type === 'again' ? [record.reason] : []))
    expect(reasons).to.deep.equal(['Error: once', 'Error: twice'])
  })

  it('passes over what breaks the constraint', async () => {
    const { desk } = deskOf({ constraint: point => Number(point.at(0)) > 6 || 'small' })
    const run = desk.begin(9)
    const trial = await taken(desk.next(run))
    expect(trial.value.at(0)).to.equal(7)
    trial.tell(1)
    expect([await desk.next(run), desk.stopReason]).to.deep.equal([null, 'exhausted'])
  })
})
