import { expect } from 'chai'
import { Program, Variable } from '../../src/modules/index.ts'
import { trainableFields, trainablesIn, variablesIn } from '../../src/modules/trainable.ts'
import type { Json } from '../../src/runtime/index.ts'
import { f, SymObject } from '../../src/symbolic/index.ts'
import { scriptProgram } from '../support/script-programs.ts'

class Knob extends SymObject.define('trainableTest.Knob', {
  rate: f.float().default(0.5).trainable(),
  label: f.string().default(''),
}) {}

class Machine extends Program.define('trainableTest.Machine', {
  knobs: f.list(f.object(Knob)).orEmpty(),
  state: f.object(Variable),
  part: f.object(Program),
  bias: f.float().optional().trainable(),
}) {
  async call(input: Json): Promise<Json> {
    return input
  }
}

const state = new Variable({ schema: { type: 'object' }, value: { a: 1 } })
const machine = new Machine({ knobs: [new Knob()], state, part: scriptProgram() })
const places = (tree: Machine) => [...trainablesIn(tree).keys()]

describe('trainables', () => {
  it('are the values of variables and the fields declared so, by key path', () => {
    expect(places(machine)).to.have.members([
      'bias',
      'knobs[0].rate',
      'state.value',
      'part.modules[0].rule',
      'part.modules[0].state.value',
    ])
    expect(trainablesIn(machine).get('knobs[0].rate')).to.equal(0.5)
    expect(trainablesIn(machine).get('bias')).to.equal(undefined)
  })

  it('leave out what is frozen, and come back as they were when thawed', () => {
    const varied = machine.rebind([['part.modules[0].state.trainable', false]])
    const frozen = varied.rebind({ 'part.trainable': false })
    expect(places(frozen)).to.have.members(['bias', 'knobs[0].rate', 'state.value'])
    const thawed = frozen.rebind({ 'part.trainable': true })
    expect(places(thawed)).to.include('part.modules[0].rule')
    expect(places(thawed)).not.to.include('part.modules[0].state.value')
    expect(places(machine.rebind({ trainable: false }))).to.deep.equal([])
  })

  it('are paths that rebind takes', () => {
    const changed = machine.rebind([...trainablesIn(machine)].filter(([, value]) => value !== undefined))
    expect(changed).to.equal(machine)
  })
})

describe('variablesIn', () => {
  it('finds all variables, frozen ones too', () => {
    const frozen = machine.rebind({ trainable: false })
    expect([...variablesIn(frozen).keys()]).to.deep.equal(['state', 'part.modules[0].state'])
    expect(variablesIn(machine).get('state')).to.equal(machine.state)
  })
})

describe('trainableFields', () => {
  it('gives name and value, inherited fields too', () => {
    class Fine extends Knob.define('trainableTest.Fine', { step: f.int().default(1).trainable() }) {}
    expect(trainableFields(new Fine())).to.deep.equal([
      ['rate', 0.5],
      ['step', 1],
    ])
  })
})
