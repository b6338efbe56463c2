import { expect } from 'chai'
import fc from 'fast-check'
import { evaluate } from '../../../src/modules/grammar/evaluate.ts'
import {
  Call,
  Constant,
  constantOf,
  type Expression,
  factsOf,
  Input,
} from '../../../src/modules/grammar/expression.ts'
import { Grammar } from '../../../src/modules/grammar/grammar.ts'
import { grammarEvolution } from '../../../src/modules/grammar/grammar-evolution.ts'
import { definePack, findType, isOfType, type Pack, PackError } from '../../../src/modules/grammar/pack.ts'
import { renderExpression, renderScript } from '../../../src/modules/grammar/render.ts'
import { Rule } from '../../../src/modules/grammar/rule.ts'
import type { Value } from '../../../src/modules/grammar/types.ts'
import { randomRule } from '../../../src/modules/grammar/vary.ts'
import { exactMatch, fit, type Sample, ScriptSynthesis, Sequential } from '../../../src/modules/index.ts'
import { Sandbox } from '../../../src/runtime/index.ts'
import { fromJson } from '../../../src/symbolic/index.ts'
import { a, asJson, call, drawsOf, runScript } from './support.ts'

type Grid = readonly (readonly number[])[]

const isRow = (row: unknown): row is number[] =>
  Array.isArray(row) && row.length <= 4 && row.every(cell => Number.isInteger(cell))
const isGrid = (value: unknown): boolean => Array.isArray(value) && value.length <= 4 && value.every(isRow)

/** Small grids of integers, as an engineer of the arc would bring them along. */
const toy: Pack = definePack('toy', {
  types: {
    grid: { is: isGrid, constants: [[[0]]] },
    size: { is: value => typeof value === 'object' && value !== null && 'width' in value },
  },
  functions: { width: 'function width(grid) {\n  return grid.length === 0 ? 0 : grid[0].length\n}' },
  operators: {
    flip: {
      args: ['grid'],
      result: 'grid',
      run: (grid: Grid) => grid.map(row => row.toReversed()),
      source: 'function flip(grid) {\n  return grid.map(row => row.toReversed())\n}',
    },
    stack: {
      args: ['grid', 'grid'],
      result: 'grid',
      run: (above: Grid, below: Grid) => [...above, ...below],
      source: 'function stack(above, below) {\n  return [...above, ...below]\n}',
    },
    paint: {
      args: ['grid', 'integer', 'integer'],
      result: 'grid',
      run: (grid: Grid, from: number, to: number) =>
        grid.map(row => row.map(cell => (cell === from ? to : cell))),
      source:
        'function paint(grid, from, to) {\n  return grid.map(row => row.map(cell => (cell === from ? to : cell)))\n}',
    },
    sizeOf: {
      args: ['grid'],
      result: 'size',
      run: (grid: Grid) => ({ width: grid[0]?.length ?? 0, height: grid.length }),
      source: 'function sizeOf(grid) {\n  return { width: width(grid), height: grid.length }\n}',
      uses: ['width'],
    },
    area: {
      args: ['size'],
      result: 'integer',
      run: ({ width, height }: { readonly width: number; readonly height: number }) => width * height,
      source: 'function area({ width, height }) {\n  return width * height\n}',
    },
  },
})

const g = new Input({ name: 'g', type: 'toy.grid' })
const packed = (op: Call['op'], ...args: readonly Expression[]) => new Call({ op, args })
const types = [
  { g: 'toy.grid', n: 'integer' },
  { h: 'toy.grid', m: 'integer', ok: 'boolean' },
] as const
const grammar = new Grammar(...types, { packs: [toy] })

describe('packs', () => {
  it('bring functions along, those that a script uses', () => {
    const expression = packed('toy.area', packed('toy.sizeOf', packed('toy.flip', g)))
    expect(renderScript([['m', expression]])).to.equal(
      'function area({ width, height }) {\n  return width * height\n}\n' +
        'function flip(grid) {\n  return grid.map(row => row.toReversed())\n}\n' +
        'function sizeOf(grid) {\n  return { width: width(grid), height: grid.length }\n}\n' +
        'function width(grid) {\n  return grid.length === 0 ? 0 : grid[0].length\n}\n' +
        'result = { m: area(sizeOf(flip(inputs.g))) }',
    )
  })

  it('type their values, and constants that do not show their type say it', () => {
    const grid = constantOf([[1, 2]], 'toy.grid')
    expect(factsOf(packed('toy.flip', grid)).type).to.equal('toy.grid')
    expect(grid.toJSON()).to.deep.equal({ _type: 'grammar.Constant', value: [[1, 2]], type: 'toy.grid' })
    expect(() => packed('toy.flip', a)).to.throw("args[0] must be toy.grid for 'toy.flip', got integer")
    expect(() => new Constant({ value: [[1.5]], type: 'toy.grid' })).to.throw('value must be toy.grid')
    expect(() => new Constant({ value: [[1]] })).to.throw('must be of a type of the grammar, or say its type')
    expect(renderExpression(call('equal', g, grid))).to.equal('sameValue(inputs.g, [[1, 2]])')
    expect(findType([[1]], [toy])).to.equal('toy.grid')
    expect(isOfType([[1, 2, 3, 4, 5]], 'toy.grid')).to.equal(false)
  })

  it('do in this process what their scripts do', () => {
    const grids: readonly Grid[] = [
      [],
      [[]],
      [
        [1, 2],
        [3, 4],
      ],
      [[0, 1, 0]],
    ]
    fc.assert(
      fc.property(fc.nat(), fc.nat(grids.length - 1), fc.integer({ min: -3, max: 3 }), (seed, at, n) => {
        const rule = randomRule(drawsOf(seed), grammar, 5, seed % 2 === 0)
        const inputs = { g: grids[at] as Value, n }
        let given: unknown
        try {
          given = asJson(rule.evaluate(inputs))
        } catch (error) {
          expect(error).to.be.instanceOf(PackError)
          return
        }
        expect(runScript(rule.toScript(), inputs), rule.toScript()).to.deep.equal(given)
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  it('are not trusted: what is too large, of another type or throws is a PackError', () => {
    const four = packed('toy.stack', g, g)
    expect(evaluate(four, { g: [[1], [2]] })).to.deep.equal([[1], [2], [1], [2]])
    expect(() => evaluate(packed('toy.stack', four, g), { g: [[1], [2]] })).to.throw(
      PackError,
      'toy.stack must give a value that is toy.grid',
    )
    expect(() => evaluate(packed('toy.area', packed('toy.sizeOf', g)), { g: null as never })).to.throw(
      PackError,
      'toy.sizeOf must give a value for all arguments of its types',
    )
  })

  it('come back from JSON, and are missed by name', () => {
    const rule = new Rule({
      inputTypes: { g: 'toy.grid' },
      outputTypes: { h: 'toy.grid' },
      outputs: { h: packed('toy.flip', g) },
    })
    const text = JSON.stringify(rule)
    expect(fromJson(JSON.parse(text), Rule).equals(rule)).to.equal(true)
    expect(() => fromJson(JSON.parse(text.replaceAll('toy.', 'arc.')), Rule)).to.throw(
      "'arc.grid' of the pack 'arc', which is not defined here: import it before rules that use it",
    )
    expect(() => fromJson(JSON.parse(text.replace('toy.flip', 'toy.turn')), Rule)).to.throw(
      "op must be a name of operators of the pack 'toy', got 'toy.turn'",
    )
  })

  it('train a program by samples that no schema describes', async function () {
    this.timeout(60_000)
    const samples: Sample[] = [
      [[1, 2]],
      [
        [3, 1],
        [0, 2],
      ],
      [[1, 1, 5]],
      [
        [2, 1],
        [7, 7],
      ],
    ].map(grid => ({
      inputs: { grid },
      outputs: { grid: grid.map(row => row.toReversed().map(cell => (cell === 1 ? 2 : cell))) },
    }))
    const schema = { type: 'object', properties: { grid: { type: 'array' } }, required: ['grid'] }
    const program = new Sequential({
      modules: [
        new ScriptSynthesis({
          name: 'rule',
          schema,
          script: 'result = inputs',
          defaultReturnValue: { grid: [] },
        }),
      ],
    })
    await using runner = new Sandbox({ size: 1 })
    const result = await fit(program, samples, {
      optimizer: grammarEvolution({ packs: [toy], populationSize: 60 }),
      reward: exactMatch(),
      budget: { generations: 15 },
      seed: 1,
      runner,
    })
    expect(result.stopReason).to.equal('target')
    const { script } = result.program.get('modules[0]') as ScriptSynthesis
    expect(script)
      .to.match(/function flip/)
      .and.match(/function paint/)
      .and.not.match(/function stack/)
  })
})

describe('definePack', () => {
  const operator = {
    args: ['string'],
    result: 'string',
    run: (text: string) => text,
    source: 'function shout(text) { return text }',
  }
  const define =
    (name: string, more: object, types = {}) =>
    () =>
      definePack(name, { types, operators: { shout: { ...operator, ...more } } })

  it('refuses what could not work, and registers nothing of it', () => {
    expect(define('toy', {})).to.throw(PackError, "the pack 'toy' is defined already")
    expect(define('a b', {})).to.throw("the name of a pack must be a word like 'arc', got 'a b'")
    expect(define('loud', { args: ['grid'] })).to.throw("loud.shout.args[0] must be a type, got 'grid'")
    expect(define('loud', { source: 'text => text' })).to.throw(
      "loud.shout must have a source that starts with 'function shout('",
    )
    expect(define('loud', { uses: ['cry'] })).to.throw(
      "loud.shout.uses[0] must be a function of the pack, got 'cry'",
    )
    expect(define('loud', {}, { integer: { is: () => true } })).to.throw('loud.types.integer must have')
    const flip = { ...operator, source: 'function flip(text) { return text }' }
    expect(() => definePack('loud', { operators: { flip } })).to.throw(
      "loud.flip has the name of a function that the pack 'toy' brings along",
    )
    expect(define('loud', {})().operators.has('loud.shout')).to.equal(true)
  })

  it('may use types of other packs', () => {
    const operators = {
      rowCount: {
        args: ['toy.grid'],
        result: 'integer',
        run: (grid: Grid) => grid.length,
        source: 'function rowCount(grid) {\n  return grid.length\n}',
      },
    }
    const rows = definePack('rows', { operators })
    const both = new Grammar(
      { g: 'toy.grid' },
      { n: 'integer' },
      { packs: [rows], operators: ['rows.rowCount'] },
    )
    expect(both.types.has('toy.grid')).to.equal(true)
    expect(() => new Grammar({ n: 'integer' }, { g: 'toy.size' }, { packs: [rows] })).to.throw(
      'no operator, input or constant gives outputs.g: toy.size',
    )
  })
})
