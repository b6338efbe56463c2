import { expect } from 'chai'
import { DataError, DataModel, empty, Variable } from '../../src/modules/index.ts'
import { jsonOf } from '../../src/modules/json.ts'
import { f, fromJson, SymObject } from '../../src/symbolic/index.ts'

const schema = {
  type: 'object',
  properties: {
    text: { type: 'string', description: 'What to do.' },
    limit: { type: 'integer', minimum: 1, default: 3 },
    notes: { type: 'array', items: { type: 'string' }, default: [] },
  },
  required: ['text'],
}

class Holder extends SymObject.define('variableTest.Holder', {
  state: f.object(Variable),
  others: f.list(f.object(Variable)).orEmpty(),
}) {}

const make = (value: Record<string, unknown> = { text: 'Think.' }) => new Variable({ schema, value })

const failure = (work: () => unknown): DataError => {
  try {
    work()
  } catch (error) {
    expect(error).to.be.instanceOf(DataError)
    return error as DataError
  }
  throw new Error('nothing was thrown')
}

describe('Variable', () => {
  it('fills in defaults when it is made', () => {
    expect(make().value.toJS()).to.deep.equal({ text: 'Think.', limit: 3, notes: [] })
    expect(make({ text: 'a', limit: 7 }).at('limit')).to.equal(7)
    expect(make().trainable).to.equal(true)
  })

  it('is made with a model as well, and without a value where defaults are enough', () => {
    const model = DataModel.of({ type: 'object', properties: { n: { type: 'number', default: 0 } } })
    expect(Variable.of({ schema: model }).value.toJS()).to.deep.equal({ n: 0 })
  })

  it('refuses unknown, wrong and missing fields, each with its place', () => {
    const wrong = failure(() => make({ limit: 0, txt: 'a' }))
    expect(wrong.message).to.equal(
      [
        '3 problems:',
        '  espalier.Variable.value.text is required: a string',
        '  espalier.Variable.value.txt is not in the schema; the schema has text, limit, notes',
        '  espalier.Variable.value.limit must be >= 1, got 0',
      ].join('\n'),
    )
    expect(wrong.problems.find(({ path }) => path === 'limit')).to.include({ value: 0, expected: '>= 1' })
  })

  it('is checked at every change, wherever it is made', () => {
    const holder = new Holder({ state: make() })
    const changes: [path: string, value: unknown, place: string][] = [
      ['state.value.limit', 'many', 'state.value.limit'],
      ['state.value.limt', 3, 'state.value.limt'],
      ['state.value.notes[0]', 5, 'state.value.notes[0]'],
      ['state.value', { limit: 1, notes: [] }, 'state.value.text'],
      ['state.value', 3, 'state.value'],
      ['state.schema.properties.limit.minimum', 10, 'state.value.limit'],
    ]
    for (const [path, value, place] of changes) {
      const error = (() => {
        try {
          return holder.rebind([[path, value]])
        } catch (error) {
          return error
        }
      })()
      expect(error, path).to.be.instanceOf(Error)
      expect((error as DataError).path).to.equal(place)
    }
    expect(holder.state.value.toJS()).to.deep.equal({ text: 'Think.', limit: 3, notes: [] })
  })

  it('is checked in batches, edits and patches too', () => {
    const holder = new Holder({ state: make() })
    const batch = new Map<string, unknown>([
      ['state.description', 'a'],
      ['state.value.limit', null],
    ])
    expect(() => holder.rebind(batch)).to.throw(DataError)
    expect(() => holder.patch([{ op: 'replace', path: '/state/value/limit', value: 0 }])).to.throw(DataError)
    expect(() => holder.patch([{ op: 'remove', path: '/state/value/text' }])).to.throw(DataError)
    expect(() => holder.transform((path, value) => (path.key === 'text' ? 1 : value))).to.throw(DataError)
  })

  it('says how to fill defaults where a plain change leaves them out', () => {
    const holder = new Holder({ state: make() })
    const error = failure(() => holder.rebind([['state.value', { text: 'a' }]]))
    expect(error.problems.map(({ path }) => path)).to.deep.equal(['state.value.limit', 'state.value.notes'])
    expect(error.message).to.contain('use assign(), which does')
  })

  it('is checked when it comes from JSON', () => {
    const data = make().toJSON() as { value: Record<string, unknown> }
    expect(fromJson(data).equals(make())).to.equal(true)
    data.value.limit = -1
    expect(() => fromJson(data)).to.throw(DataError, 'espalier.Variable.value.limit must be >= 1, got -1')
  })

  it('assigns another value, at its place in the next version', () => {
    const holder = new Holder({ state: make(), others: [make({ text: 'b' })] })
    const assigned = holder.others.at(0)?.assign({ text: 'c' }) as Variable
    expect(assigned.path.toString()).to.equal('others[0]')
    expect((assigned.root as Holder).others.at(0)?.at('text')).to.equal('c')
    expect((assigned.root as Holder).state.equals(holder.state)).to.equal(true)
    expect(holder.others.at(0)?.at('text')).to.equal('b')
    expect(failure(() => holder.state.assign({ txt: 'c' })).path).to.equal('text')
  })

  it('updates some keys, and is itself when nothing changes', () => {
    const state = make({ text: 'a', limit: 9 })
    expect(state.update({ text: 'b' }).value.toJS()).to.deep.equal({ text: 'b', limit: 9, notes: [] })
    expect(state.update({ limit: 9 })).to.equal(state)
    expect(failure(() => state.update({ limit: 0 })).path).to.equal('limit')
  })

  it('reads like a record', () => {
    const state = make()
    expect(state.keys()).to.deep.equal(['text', 'limit', 'notes'])
    expect(state.entries().slice(0, 2)).to.deep.equal([
      ['text', 'Think.'],
      ['limit', 3],
    ])
    expect([state.hasKey('text'), state.hasKey('txt')]).to.deep.equal([true, false])
  })

  it('gives what is asked for instead of what is not there', () => {
    expect(make().at('txt', 'none')).to.equal('none')
    const holdsNull = new Variable({ schema: { type: 'object' }, value: { a: null } })
    expect([holdsNull.at('a', 1), holdsNull.at('b')]).to.deep.equal([null, undefined])
    expect(make().values().slice(0, 2)).to.deep.equal(['Think.', 3])
  })

  it('is made by an initializer', () => {
    const filled = {
      ...schema,
      required: [],
      properties: { ...schema.properties, text: { type: 'string', default: 'Go.' } },
    }
    expect(new Variable({ schema: filled, initializer: empty }).at('text')).to.equal('Go.')
    const initializer = (model: DataModel) => ({ text: model.keys().join(' ') })
    const first = new Variable({ schema, initializer })
    expect(first.value.toJS()).to.deep.equal({ text: 'text limit notes', limit: 3, notes: [] })
    expect(first.update({ limit: 5 }).at('limit')).to.equal(5)
    expect(new Variable({ schema, initializer }).at('limit')).to.equal(3)
    expect(failure(() => new Variable({ schema, initializer: empty })).path).to.equal('text')
    expect(() => new Variable({ schema, initializer, value: { text: 'a' } })).to.throw(TypeError, 'got both')
  })

  it('has a name for people, and the description of its schema unless it has one of its own', () => {
    const described = { ...schema, description: 'What to say.' }
    expect(new Variable({ schema: described, value: { text: 'a' } }).description).to.equal('What to say.')
    const named = new Variable({
      schema: described,
      value: { text: 'a' },
      name: 'prompt',
      description: 'Mine.',
    })
    expect([named.name, named.description]).to.deep.equal(['prompt', 'Mine.'])
    expect([make().name, make().description]).to.deep.equal(['', ''])
    expect(fromJson(named.toJSON()).equals(named)).to.equal(true)
  })

  it('contains the keys of its schema, and schemas that say the same', () => {
    expect([make().contains('limit'), make().contains('limt')]).to.deep.equal([true, false])
    expect(make().contains({ properties: { text: { type: 'string' } } })).to.equal(true)
    expect(make().contains(DataModel.of({ properties: { text: { type: 'integer' } } }))).to.equal(false)
  })

  it('is shown as JSON, and as the schema alone', () => {
    expect(JSON.parse(make().pretty())).to.deep.equal({ text: 'Think.', limit: 3, notes: [] })
    expect(make().pretty()).to.contain('\n  "limit": 3')
    const bare = make().toDataModel().withoutValue()
    expect([bare.value, bare.schema]).to.deep.equal([undefined, schema])
  })

  it('shares its value with nobody', () => {
    const given = { text: 'a', notes: ['x'] }
    const state = make(given)
    given.notes.push('y')
    const copy = state.toDataModel().value as { notes: string[] }
    expect(() => copy.notes.push('z')).to.throw(TypeError)
    expect(state.get('value.notes[0]')).to.equal('x')
    expect(jsonOf(state.get('value.notes'))).to.deep.equal(['x'])
  })

  it('may hold a choice that is still open', () => {
    class Choice extends SymObject.define('variableTest.Choice', { of: f.list(f.any()) }) {
      static standsFor = () => null
    }
    const holder = new Holder({ state: make() })
    const open = holder.rebind([['state.value.limit', new Choice({ of: [1, 2] })]])
    expect(open.state.toDataModel().value).to.equal(undefined)
    expect(open.rebind([['state.value.limit', 2]]).state.at('limit')).to.equal(2)
    expect(() => open.rebind([['state.value.limit', 0]])).to.throw(DataError)
  })
})
