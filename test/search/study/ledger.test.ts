import { expect } from 'chai'
import { type Algorithm, oneOf, Space, StudyError, type StudyRecord } from '../../../src/search/index.ts'
import { Ledger, type Rules } from '../../../src/search/study/ledger.ts'

const { spec } = Space.of([oneOf([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])])

/** Proposes 0, 1, 2, …, and remembers what it was told. */
const counting: Algorithm<{ asked: number; log: string[] }> = {
  name: 'counting',
  settings: {},
  init: () => ({ asked: 0, log: [] }),
  ask: ({ asked, log }) => [
    asked < 10 ? { dna: spec.dnaAt(asked), parents: [] } : null,
    { asked: asked + 1, log: [...log, `ask ${asked + 1}`] },
  ],
  tell: ({ asked, log }, { id, reward }) => {
    seen = [...log, `tell ${id}: ${reward}`]
    return { asked, log: seen }
  },
}
let seen: string[] = []

const books = (rules: Partial<Rules> = {}): Ledger =>
  new Ledger({
    spec,
    algorithm: counting,
    seed: 0,
    directions: ['maximize'],
    order: 'ordered',
    window: 2,
    target: undefined,
    patience: undefined,
    cost: undefined,
    ...rules,
  })

/** Asks as often as the window allows. */
function askAll(ledger: Ledger): StudyRecord[] {
  const records: StudyRecord[] = []
  while (ledger.isWindowOpen) {
    const draft = ledger.propose()
    if (draft === null) break
    ledger.enter(draft)
    records.push(draft.record)
  }
  return records
}

describe('Ledger', () => {
  it('tells the algorithm in the order of the ids, as late as the window says', () => {
    const ledger = books()
    expect(askAll(ledger).length).to.equal(2)
    ledger.answer({ type: 'tell', id: 2, reward: 20 })
    expect(ledger.isWindowOpen).to.equal(false)
    ledger.answer({ type: 'tell', id: 1, reward: 10 })
    expect(askAll(ledger).length).to.equal(2)
    ledger.answer({ type: 'skip', id: 3, reason: '' })
    askAll(ledger)
    expect(seen).to.deep.equal([
      'ask 1',
      'ask 2',
      'tell 1: 10',
      'ask 3',
      'tell 2: 20',
      'ask 4',
      'tell 3: null',
    ])
  })

  it('turns rewards round for the algorithm when it minimizes', () => {
    const ledger = books({ directions: ['minimize'], window: 1 })
    askAll(ledger)
    ledger.answer({ type: 'tell', id: 1, reward: 5 })
    askAll(ledger)
    expect(seen.at(-1)).to.equal('tell 1: -5')
    expect(ledger.front[0]?.reward).to.equal(5)
  })

  it('has a history without gaps', () => {
    const ledger = books({ window: 4 })
    askAll(ledger)
    ledger.answer({ type: 'tell', id: 1, reward: 1 })
    ledger.answer({ type: 'tell', id: 3, reward: 3 })
    expect(ledger.history.map(({ id }) => id)).to.deep.equal([1])
    expect(ledger.front[0]?.id).to.equal(1)
    const earlier = ledger.history
    expect(ledger.history).to.equal(earlier)
    ledger.answer({ type: 'fail', id: 2, reason: 'Error: x' })
    expect(ledger.history.map(({ id, status }) => `${id} ${status}`)).to.deep.equal([
      '1 told',
      '2 failed',
      '3 told',
    ])
    expect(ledger.front[0]?.id).to.equal(3)
    expect([earlier.length, ledger.history.length]).to.deep.equal([1, 3])
  })

  it('keeps the earliest of equals as the best', () => {
    const ledger = books()
    for (const [id, reward] of [
      [1, 1],
      [2, 3],
      [3, 3],
      [4, 2],
    ] as const) {
      askAll(ledger)
      ledger.answer({ type: 'tell', id, reward })
    }
    expect(ledger.front[0]?.id).to.equal(2)
  })

  it('stops in the order of the ids, with nothing after that', () => {
    const ledger = books({ window: 4, target: 5 })
    askAll(ledger)
    ledger.answer({ type: 'tell', id: 4, reward: 9 })
    ledger.answer({ type: 'tell', id: 1, reward: 1 })
    expect(ledger.stop).to.equal(null)
    ledger.answer({ type: 'tell', id: 2, reward: 5 })
    ledger.answer({ type: 'tell', id: 3, reward: 7 })
    expect([ledger.stop, ledger.history.length, ledger.front[0]?.id]).to.deep.equal(['target', 2, 2])
    const patient = books({ window: 4, patience: 2 })
    askAll(patient)
    for (const id of [1, 2, 3, 4]) patient.answer({ type: 'tell', id, reward: -id })
    expect([patient.stop, patient.history.length]).to.deep.equal(['patience', 3])
  })

  it('is made again from records, with what is open to be handed out again', () => {
    const ledger = books()
    const records = askAll(ledger)
    ledger.answer({ type: 'tell', id: 1, reward: 10 })
    records.push({ type: 'tell', id: 1, reward: 10 }, ...askAll(ledger))
    const again = books()
    again.restore(JSON.parse(JSON.stringify(records)))
    expect([again.nextId, again.history.length, again.firstInterrupted()?.id]).to.deep.equal([4, 1, 2])
    const second = again.firstInterrupted()
    if (second !== null) again.handAgain(second)
    expect([second?.attempts, again.firstInterrupted()?.id, again.isWindowOpen]).to.deep.equal([2, 3, false])
    again.answer({ type: 'tell', id: 3, reward: 1 })
    expect(again.firstInterrupted()).to.equal(null)
  })

  it('refuses records that are not its own', () => {
    const restore =
      (...records: StudyRecord[]): (() => void) =>
      () =>
        books().restore(records)
    const ask = (id: number, gene: number): StudyRecord => ({ type: 'ask', id, dna: gene, parents: [] })
    expect(restore(ask(1, 5))).to.throw(
      StudyError,
      'the storage has trial 1 with the DNA 5, but the algorithm now proposes 0',
    )
    expect(restore(ask(2, 0))).to.throw(StudyError, 'where trial 1 was to come')
    expect(restore(ask(1, 0), { type: 'tell', id: 2, reward: 1 })).to.throw(
      StudyError,
      'the storage speaks of trial 2, which was never asked',
    )
    expect(restore(ask(1, 0), ask(2, 1), ask(3, 2))).to.throw(
      StudyError,
      'before the answers that it must know',
    )
    expect(restore(ask(1, 0), { type: 'again', id: 7 })).to.throw(StudyError, 'trial 7')
  })
})
