/** Random values for laws: plain data with hostile keys and numbers, trees of every kind, places and updates. */

import fc from 'fast-check'
import { type KeyPath, Symbolic, SymDict, SymList } from '../../src/symbolic/index.ts'
import { Dense, Drop, Model } from './model.ts'

/** `FUZZ=20 npx mocha …` tries every law twenty times as often, with other random values each time. */
const fuzz = Number(process.env.FUZZ ?? 0)

// Otherwise the values are those of one seed, so that a run can be repeated.
fc.configureGlobal({ ...fc.readConfigureGlobal(), ...(fuzz > 0 ? {} : { seed: 20 }) })

/** How often a law is tried. */
export const runs = (usual: number): number => Math.ceil(usual * Math.max(1, fuzz))

/** Keys as users would choose them, and as attackers would. */
export const key: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('a', 'b', 'c', 'd', 'e') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      '0',
      '-1',
      '12',
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'hasOwnProperty',
      'length',
      'a.b',
      'a[0]',
      '[',
      ']',
      '"',
      '\\',
      ' ',
      '~',
      '/',
      '~1',
      'ä',
      '\u0000',
      '\ud800',
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 4 }) },
)

/** Keys that also look like type tags. */
export const anyKey: fc.Arbitrary<string> = fc.oneof(
  { weight: 9, arbitrary: key },
  { weight: 1, arbitrary: fc.constantFrom('_type', 'value', 'items', 'entries') },
)

const text: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('', 'x', '__tuple__', 'support.Dense', '\ud83d', '\u2028', '"\\\n'),
  fc.string({ maxLength: 6 }),
)

/** Numbers that JSON can say. */
export const finite: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.integer(),
  fc.constantFrom(0.5, 1e21, 1e-7, 2 ** 31, -(2 ** 31), 2 ** 53),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(n => (n === 0 ? 0 : n)),
)

export const anyNumber: fc.Arbitrary<number> = fc.oneof(
  { weight: 4, arbitrary: finite },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Infinity, -Infinity, -0) },
)

export type Data = null | boolean | number | string | Data[] | Dictionary

interface DataOptions {
  readonly number?: fc.Arbitrary<number>
  readonly key?: fc.Arbitrary<string>
  readonly text?: fc.Arbitrary<string>
  readonly depth?: number
}

type Dictionary = { [key: string]: Data }

type Grows = fc.Arbitrary<Data>

type Grown = { list: Data[]; dict: Dictionary }

function grow({ number = anyNumber, key: keys = anyKey, text: texts = text, depth = 4 }: DataOptions): {
  list: fc.Arbitrary<Data[]>
  dict: fc.Arbitrary<Dictionary>
} {
  const leaf: fc.Arbitrary<Data> = fc.oneof(fc.constant(null), fc.boolean(), number, texts)
  const { list, dict } = fc.letrec<Grown & { value: Data }>(tie => ({
    value: fc.oneof(
      { maxDepth: depth, depthSize: 'small' },
      leaf,
      tie('list') as Grows,
      tie('dict') as Grows,
    ),
    list: fc.array(tie('value') as Grows, { maxLength: 5 }),
    dict: fc
      .array(fc.tuple(keys, tie('value') as Grows), { maxLength: 5 })
      .map(entries => Object.fromEntries(entries) as Dictionary),
  }))
  return { list, dict }
}

export const dictData = (options: DataOptions = {}): fc.Arbitrary<Dictionary> => grow(options).dict

/** Arrays and records, as they would be given to a list or dict. */
export const containerData = (options: DataOptions = {}): fc.Arbitrary<Data[] | Dictionary> => {
  const { list, dict } = grow(options)
  return fc.oneof<[fc.Arbitrary<Data[]>, fc.Arbitrary<Dictionary>]>(list, dict)
}

/** The untyped tree of plain data. */
export const untyped = (data: Data[] | Dictionary): Symbolic =>
  Array.isArray(data) ? SymList.from(data) : SymDict.from(data)

const dense = (texts = text): fc.Arbitrary<Dense> =>
  fc
    .record({
      units: fc.integer({ min: 1, max: 5 }),
      activation: fc.constantFrom('relu' as const, 'gelu' as const),
      name: texts,
    })
    .map(values => new Dense(values))

const drop = (): fc.Arbitrary<Drop> =>
  fc.double({ min: 0, max: 1, noNaN: true }).map(rate => new Drop({ rate }))

/** Typed trees with untyped parts. */
export const model = (options: DataOptions = {}): fc.Arbitrary<Model> => {
  const texts = options.text ?? text
  return fc
    .record(
      {
        layers: fc.array(fc.oneof<fc.Arbitrary<Dense | Drop>[]>(dense(texts), drop()), { maxLength: 4 }),
        head: dense(texts),
        rate: options.number ?? anyNumber,
        tags: fc.array(texts, { maxLength: 3 }),
        notes: dictData({ ...options, depth: 2 }),
        scores: fc.dictionary(fc.constantFrom('a', 'b', 'c'), options.number ?? anyNumber),
        extra: fc.oneof<fc.Arbitrary<unknown>[]>(
          containerData({ ...options, depth: 2 }),
          dense(texts),
          texts,
        ),
        note: fc.option(texts, { nil: undefined }),
        mode: fc.constantFrom('train' as const, 'test' as const, 3 as const, null),
        isOn: fc.option(fc.boolean()),
        either: fc.oneof<fc.Arbitrary<number | string | Dense>[]>(fc.integer(), texts, dense(texts)),
      },
      { requiredKeys: ['layers', 'head'] },
    )
    .map(values => new Model(values as { layers: Layers; head: Dense }))
}

type Layers = (Dense | Drop)[]

/** Trees of every kind. */
export const anyTree = (options: DataOptions = {}): fc.Arbitrary<Symbolic> =>
  fc.oneof<fc.Arbitrary<Symbolic>[]>(containerData(options).map(untyped), model(options), dense())

/** The paths of everything in a tree that passes, the root included. */
export function pathsIn(tree: Symbolic, where: (value: unknown) => boolean = () => true): KeyPath[] {
  const paths: KeyPath[] = []
  tree.walk((path, value) => {
    if (where(value)) paths.push(path)
  })
  return paths
}

/** The same trees with some places sealed. */
export const sealedTree = (options: DataOptions = {}): fc.Arbitrary<Symbolic> =>
  fc.tuple(anyTree(options), fc.array(fc.nat(), { maxLength: 3 })).map(([tree, picks]) => {
    const places = pathsIn(tree, value => value instanceof Symbolic)
    const chosen = picks.map(pick => places[pick % places.length] as KeyPath)
    // The deepest first: nothing can be sealed below a seal.
    chosen.sort((a, b) => b.depth - a.depth)
    return chosen.reduce((sealed, path) => sealed.seal(path), tree)
  })
