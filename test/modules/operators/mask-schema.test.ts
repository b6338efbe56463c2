import { expect } from 'chai'
import { DataModel } from '../../../src/modules/index.ts'

const step = {
  type: 'object',
  properties: { note: { type: 'string' }, at: { type: 'integer' } },
  required: ['note', 'at'],
}
const Trace = DataModel.of({
  type: 'object',
  properties: {
    answer: { $ref: '#/$defs/Step' },
    steps: { type: 'array', items: { type: 'array', items: { $ref: '#/$defs/Step' } }, uniqueItems: true },
    id: { type: 'string' },
  },
  required: ['answer', 'steps', 'id'],
  $defs: { Step: step, Unused: {} },
})
const emptied = {
  ...step,
  properties: { at: { type: 'integer' } },
  required: ['at'],
  additionalProperties: false,
}

describe('inMask on schemas', () => {
  it('keeps whole what it names', () => {
    const { schema } = Trace.inMask(['answer'])
    expect(schema).to.deep.include({ properties: { answer: { $ref: '#/$defs/Step' } }, required: ['answer'] })
    expect(schema.$defs).to.deep.equal({ Step: { ...step, additionalProperties: false } })
  })

  it('keeps the way that leads there, required where a match must be inside', () => {
    const { schema } = Trace.inMask(['at'])
    expect(schema.required).to.deep.equal(['answer'])
    expect(schema.properties).to.have.all.keys('answer', 'steps')
    expect(schema.$defs).to.deep.equal({ Step: emptied })
    expect(schema).not.to.have.nested.property('properties.steps.uniqueItems')
  })

  it('has a definition whole and entered, where both are needed', () => {
    const { schema } = Trace.inMask(['answer', 'at'])
    expect(schema.$defs).to.deep.equal({ Step: { ...step, additionalProperties: false }, Step_1: emptied })
  })

  it('keeps what may hold anything, as optional', () => {
    const { schema } = DataModel.of({
      properties: { any: {}, text: { type: 'string' } },
      required: ['any'],
    }).inMask(['a'])
    expect(schema).to.deep.equal({ properties: { any: {} }, additionalProperties: false })
  })
})

describe('outMask on schemas', () => {
  it('takes away what it names, in lists of lists too', () => {
    const masked = Trace.outMask(['note', 'id'])
    expect(masked.schema.required).to.deep.equal(['answer', 'steps'])
    expect(masked.schema.$defs).to.deep.equal({ Step: emptied })
    const whole = { answer: { note: 'a', at: 1 }, steps: [[{ note: 'b', at: 2 }]], id: 'c' }
    expect(Trace.with(whole).outMask(['note', 'id']).value).to.deep.equal({
      answer: { at: 1 },
      steps: [[{ at: 2 }]],
    })
  })

  it('leaves definitions alone when it is not recursive', () => {
    expect(Trace.outMask(['note'], { recursive: false }).schema.$defs).to.deep.equal({
      Step: { ...step, additionalProperties: false },
    })
  })

  it('masks the values in a schema as well', () => {
    const { schema } = DataModel.of({
      properties: { a: { enum: [{ x: 1, y: 2 }] }, b: { type: 'object', default: { x: 1, y: 2 } } },
    }).outMask(['x'])
    expect(schema).to.deep.nested.include({
      'properties.a.enum': [{ y: 2 }],
      'properties.b.default': { y: 2 },
    })
  })

  it('works on schemas that refer to themselves', () => {
    const Tree = DataModel.of({
      title: 'Tree',
      properties: { size: { type: 'integer' }, kids: { type: 'array', items: { $ref: '#' } } },
      required: ['size'],
    })
    const bare = Tree.outMask(['size'])
    expect(bare.accepts({ kids: [{ kids: [{}] }] })).to.equal(true)
    expect(bare.accepts({ kids: [{ size: 1 }] })).to.equal(false)
  })
})
