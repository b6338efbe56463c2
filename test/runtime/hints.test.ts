import { expect } from 'chai'
import { explainFailure, findFence } from '../../src/runtime/hints.ts'
import { failure, type OutcomeKind } from '../../src/runtime/outcome.ts'
import type { Place } from '../../src/runtime/place.ts'
import { processorMs } from './processes.ts'

const explained = (script: string, kind: OutcomeKind, message: string, place: Place = {}) =>
  explainFailure(script, failure(kind, message, 0, place))

describe('findFence', () => {
  it('finds a script that was not unpacked', () => {
    for (const script of ['```js\nresult = 1\n```', '```']) {
      expect(findFence(script), script).to.include({ kind: 'syntax', line: 1, column: 1 })
    }
    expect(findFence('\n  ```\nresult = 1')).to.include({ line: 2, column: 3 })
    expect(findFence('\n```ts\n1')).to.include({
      line: 2,
      message: 'the script begins with a Markdown fence: pass only what stands between the fences',
    })
  })

  it('lets templates be', () => {
    for (const script of ['`a`', '``', '`` + ```', 'result = ```', '~~~1', '']) {
      expect(findFence(script), script).to.equal(undefined)
    }
  })
})

describe('explainFailure', () => {
  it('names what a script cannot have', () => {
    expect(explained('import a from "b"', 'syntax', '?', { line: 1, column: 1 }).message).to.equal(
      'import is not available to a script: it works on `inputs` alone',
    )
    expect(explained('1\n export default 2', 'syntax', '?', { line: 2, column: 2 }).message).to.equal(
      'export is not available to a script: assign "result", or return a value',
    )
    expect(explained('exported = = 1', 'syntax', '?', { line: 1, column: 1 }).message).to.equal('?')
    expect(explained('', 'runtime', 'ReferenceError: require is not defined').message).to.equal(
      'ReferenceError: require is not defined: a script has the language alone',
    )
    expect(explained('', 'runtime', 'ReferenceError: tools is not defined').message).to.equal(
      'ReferenceError: tools is not defined: this script was given none',
    )
    for (const message of ['ReferenceError: total is not defined', 'TypeError: tools.x is not a function'])
      expect(explained('', 'runtime', message).message).to.equal(message)
  })

  it('names the tools that there are to who calls another', () => {
    const explain = (message: string) => explainFailure('', failure('runtime', message), ['a', 'b']).message
    for (const message of [
      'TypeError: tools.c is not a function',
      'TypeError: tools[name] is not a function',
    ])
      expect(explain(message)).to.equal(`${message}; there are a, b`)
    const other = 'TypeError: toolsets.c is not a function'
    expect(explain(other)).to.equal(other)
  })

  it('says that a text holds more than the script', () => {
    const script = 'Here it is:\n```js\nresult = 1\n```'
    expect(explained(script, 'syntax', 'SyntaxError: no', { line: 1, column: 6 }).message).to.equal(
      'SyntaxError: no; the script holds a Markdown fence (line 2): pass only what stands between the fences',
    )
  })

  it('drops a line that the script does not have', () => {
    expect(explained('a\nb', 'runtime', 'Error: x', { line: 3, column: 1 })).to.not.have.any.keys(
      'line',
      'column',
    )
    expect(explained('a', 'bad_result', '?', { line: 2 })).to.not.have.any.keys('line')
    expect(explained('a\r\nb', 'runtime', 'Error: x', { line: 2, column: 1 })).to.include({
      line: 2,
      column: 1,
    })
  })

  it('leaves other failures as they are', () => {
    const found = failure('timeout', 'too late')
    expect(explainFailure('```', found)).to.equal(found)
    const plain = failure('syntax', 'SyntaxError: no', 0, { line: 1, column: 1 })
    expect(explainFailure('= 1', plain)).to.equal(plain)
  })

  it('takes no longer for hostile text', () => {
    for (const script of [
      '\n'.repeat(262_144),
      ' '.repeat(262_144),
      '`'.repeat(262_144),
      '\n`'.repeat(131_072),
    ]) {
      const start = processorMs()
      findFence(script)
      explained(script, 'syntax', 'SyntaxError: no', { line: 1, column: 1 })
      expect(processorMs() - start).to.be.below(1000)
    }
  })
})
