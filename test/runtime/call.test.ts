import { expect } from 'chai'
import { Call, type Range } from '../../src/runtime/call.ts'
import { readRunSettings, readSettings } from '../../src/runtime/options.ts'
import { failure, type Outcome } from '../../src/runtime/outcome.ts'
import { Toolbox } from '../../src/runtime/tools.ts'

const settings = readRunSettings({}, readSettings())
const outcome = (message: string) => failure('runtime', message)

function newCall(inputs: readonly number[], isShared = false) {
  const results: Outcome[][] = []
  const call = new Call('', inputs, isShared, settings, 2, outcomes => results.push(outcomes))
  return { call, results }
}

function allRanges(call: Call): Range[] {
  const ranges: Range[] = []
  for (let range = call.take(); range; range = call.take()) ranges.push(range)
  return ranges
}

const span = ({ from, to }: Range) => [from, to]

describe('a call', () => {
  it('is cut into ranges for the workers, unless one context is shared', () => {
    expect(allRanges(newCall([1, 2, 3]).call).map(span)).to.deep.equal([
      [0, 2],
      [2, 3],
    ])
    expect(allRanges(newCall(new Array(40).fill(0)).call)).to.have.length(3)
    const [whole] = allRanges(newCall([1, 2, 3], true).call)
    expect(whole).to.deep.equal({ from: 0, to: 3, isMarked: false, isRetry: false })
  })

  it('gives the text of a range', () => {
    const range = { from: 1, to: 3, isMarked: true, isRetry: false }
    expect(newCall([10, 200, 3]).call.body(range)).to.deep.equal({ parts: [3, 1], each: 1, text: '2003' })
    expect(newCall([10, 200, 3], true).call.body(range)).to.deep.equal({ parts: [5], each: 2, text: '200,3' })
  })

  it('takes the inputs as they were when it was made', () => {
    const inputs = [1]
    const { call } = newCall(inputs)
    inputs[0] = 2
    expect(call.body(call.take()!).text).to.equal('1')
  })

  it('resolves once, in order, when every input has an outcome', () => {
    const { call, results } = newCall([1, 2, 3])
    call.settle(1, [outcome('b'), outcome('c')])
    expect(results).to.have.length(0)
    call.settle(0, [outcome('a')])
    call.settle(0, [outcome('late')])
    call.settleRest(outcome('late'))
    expect(results.map(list => list.map(each => !each.ok && each.message))).to.deep.equal([['a', 'b', 'c']])
  })

  it('runs what was put back before what has not begun', () => {
    const { call } = newCall(new Array(40).fill(0))
    const first = call.take()!
    call.putBack({ ...first, from: 5 })
    expect(span(call.take()!)).to.deep.equal([5, 16])
    expect(span(call.take()!)).to.deep.equal([16, 32])
    call.putBack({ ...first, from: first.to })
    expect(span(call.take()!)).to.deep.equal([32, 40])
    expect(call.hasWork).to.equal(false)
  })

  it('has no work left after an early end', () => {
    const { call, results } = newCall([1, 2, 3])
    call.settle(0, [outcome('a')])
    call.settleRest(failure('cancelled', 'stop'))
    expect(call.hasWork).to.equal(false)
    expect(results[0]!.map(each => !each.ok && each.kind)).to.deep.equal([
      'runtime',
      'cancelled',
      'cancelled',
    ])
  })

  it('marks every input of a script with tools, counts their calls, and tells each outcome', () => {
    const tools = new Toolbox({ echo: () => null }, 1000)
    const results: Outcome[][] = []
    const newCall = (isShared: boolean) =>
      new Call('', [1, 2, 3], isShared, { ...settings, tools }, 2, outcomes => results.push(outcomes))
    expect(allRanges(newCall(true))).to.deep.equal([{ from: 0, to: 3, isMarked: true, isRetry: false }])
    const call = newCall(false)
    expect(allRanges(call).map(span)).to.deep.equal([
      [0, 1],
      [1, 2],
      [2, 3],
    ])
    expect(call.countToolCalls(1, 2)).to.equal(2)
    expect(call.countToolCalls(1, 5)).to.equal(7)
    call.settle(1, [outcome('b')])
    call.settleRest(failure('cancelled', 'stop'))
    expect(results[0]!.map(each => each.toolCalls)).to.deep.equal([0, 7, 0])
  })

  it('says which input is not JSON', () => {
    expect(() => newCall([1, Number.NaN])).to.throw('inputs[1] must be JSON, got NaN')
    expect(() => newCall([1, Number.NaN], true)).to.throw('inputs[1] must be JSON, got NaN')
  })
})
