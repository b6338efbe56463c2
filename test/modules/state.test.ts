import { expect } from 'chai'
import {
  DataError,
  Generator,
  type ProgramState,
  ScriptSynthesis,
  Sequential,
} from '../../src/modules/index.ts'
import { f, SymObject } from '../../src/symbolic/index.ts'
import { FakeRunner } from '../support/fake-runner.ts'
import { Y_SCHEMA } from '../support/script-programs.ts'

class Rule extends SymObject.define('stateTest.Rule', { factor: f.float() }) {
  toScript(): string {
    return `result = { y: inputs.x * ${this.factor} }`
  }
}

const rule = new Rule({ factor: 3 })
const make = (script: string, more: object = {}) =>
  new Sequential({
    modules: [
      new ScriptSynthesis({ schema: Y_SCHEMA, script, defaultReturnValue: { y: 0 }, ...more }),
      new Generator({ instructions: 'Say it.', schema: { type: 'string' }, trainable: false }),
    ],
  })
const plain = make('result = { y: 1 }')
const ruled = make(rule.toScript(), { rule })
const json = (state: ProgramState): ProgramState => JSON.parse(JSON.stringify(state))

describe('the state of a program', () => {
  it('is its variables and trainable fields, by key path', () => {
    expect(plain.toState()).to.deep.equal({
      'modules[0].state.value': { script: 'result = { y: 1 }' },
      'modules[1].instructions.value': { text: 'Say it.' },
      'modules[1].examples.value': { items: [] },
    })
    expect(ruled.toState()).to.deep.include({ 'modules[0].rule': { _type: 'stateTest.Rule', factor: 3 } })
  })

  it('can be put into the same program, and makes the same of it', async () => {
    const loaded = plain.withState(json(ruled.toState()))
    expect(loaded.equals(ruled)).to.equal(true)
    expect(loaded.modules.at(0)).to.have.property('isPure', true)
    const [script] = loaded.modules
    expect(await script?.call({ x: 2 }, { runner: new FakeRunner() })).to.deep.equal({ y: 6 })
    expect(ruled.withState(json(plain.toState())).equals(plain)).to.equal(true)
    expect(plain.withState(json(plain.toState()))).to.equal(plain)
  })

  it('must be whole, unless it need not be', () => {
    const { 'modules[1].examples.value': _, ...rest } = ruled.toState()
    expect(() => plain.withState(rest)).to.throw(
      DataError,
      "the state lacks the path 'modules[1].examples.value'",
    )
    expect(plain.withState(rest, { partial: true }).equals(ruled)).to.equal(true)
    expect(ruled.withState({}, { partial: true })).to.equal(ruled)
  })

  it('refuses paths that the program has not, and values that do not fit', () => {
    const strange = { ...plain.toState(), 'modules[2].state.value': {} }
    expect(() => plain.withState(strange)).to.throw(
      "has the path 'modules[2].state.value'; the program has modules[0]",
    )
    const wrong = { ...plain.toState(), 'modules[0].state.value': { script: '', note: 5 } }
    expect(() => plain.withState(wrong)).to.throw(DataError, 'value.note is not in the schema')
    expect(() => plain.withState({ 'modules[0].trainable': false }, { partial: true })).to.throw(DataError)
  })
})
