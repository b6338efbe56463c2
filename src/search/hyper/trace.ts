/**
 * Define-by-run: a function that decides as it goes is run once to collect what it decides, and then with a DNA to
 * decide it. The tools to decide with are handed to the function, so nothing is global: functions may be asynchronous,
 * run side by side, and trace others.
 */

import { type Json, KeyPath, type Symbolic, SymDict } from '../../symbolic/index.ts'
import type { Dna } from '../dna/dna.ts'
import type { Gene } from '../dna/dna-spec.ts'
import { SpaceError } from '../errors.ts'
import { Space } from '../space/space.ts'
import { joined } from '../space/template.ts'
import { type ManyOptions, manyOf, oneOf, type TupleOf } from './choice-hyper.ts'
import { type CustomOptions, custom, type GenomeKind } from './custom.ts'
import { evolve, type Mutation } from './evolve.ts'
import type { HyperValue, LeafHyper } from './hyper.ts'
import { type FloatOptions, floatV, intV } from './number-hyper.ts'

/** A name, by which a decision is known from run to run; the same name in the same function is the same decision. */
export interface Called {
  readonly name: string
}

/** A candidate: a value, or a function that is called when it is chosen, with tools for what is decided inside it. */
export type TraceCandidate =
  | ((tools: TraceTools) => unknown)
  | string
  | number
  | boolean
  | bigint
  | object
  | null

/** What a candidate becomes. */
export type Chosen<Candidate> = Candidate extends (tools: TraceTools) => infer Made ? Made : Candidate

/** The hyper values as functions that decide at once. They may be taken apart: `({ oneOf, floatV }) => …`. */
export interface TraceTools {
  readonly oneOf: <const Candidates extends readonly TraceCandidate[]>(
    candidates: Candidates,
    options: Called,
  ) => Chosen<Candidates[number]>
  readonly manyOf: <const Count extends number, const Candidates extends readonly TraceCandidate[]>(
    count: Count,
    candidates: Candidates,
    options: ManyOptions & Called,
  ) => TupleOf<Chosen<Candidates[number]>, Count>
  readonly floatV: (min: number, max: number, options: FloatOptions & Called) => number
  readonly intV: (min: number, max: number, options: Called) => number
  readonly custom: <Value, Settings extends Json>(
    kind: GenomeKind<Value, Settings>,
    options: CustomOptions<Settings> & Called,
  ) => Value
  readonly evolve: <Tree extends Symbolic>(initial: Tree, mutation: Mutation<Tree>, options: Called) => Tree
}

/** A function whose decisions are known. */
export interface Traced<Result> {
  /** The decisions by name, as a space of dicts; a function among the candidates is a dict of what it decides. */
  readonly space: Space<SymDict<unknown>>
  /** Runs the function with the decisions of a DNA. */
  run(dna: Dna): Result
}

/**
 * Runs a function once to find out what it decides, with the first value of everything, and every function among the
 * candidates too. What is decided only in some cases belongs into such a function: a plain `if` hides it.
 *
 *     const traced = trace(({ oneOf, floatV }) => {
 *       const rate = floatV(1e-4, 1e-1, { name: 'rate', scale: 'log' })
 *       const decay = oneOf([0, ({ floatV }) => floatV(0, 1, { name: 'strength' })], { name: 'decay' })
 *       return train({ rate, decay })
 *     })
 *     traced.run(traced.space.random(rng))
 */
export function trace<Result>(
  body: (tools: TraceTools) => Result,
): Result extends PromiseLike<unknown> ? Promise<Traced<Result>> : Traced<Result> {
  const inner: PromiseLike<unknown>[] = []
  const collector = new Collector(inner)
  const result = body(toolsOf(collector))
  const traced = (): Traced<Result> => {
    const space = Space.of(collector.dict()) as Space<SymDict<unknown>>
    return { space, run: dna => body(toolsOf(new Player(decisionsOf(space, dna), ''))) }
  }
  const isLater = isPromise(result)
  if (!isLater && inner.length > 0) {
    throw new SpaceError(
      '',
      'a candidate is an asynchronous function, so the traced function must be one too',
    )
  }
  return (isLater ? Promise.all([result, ...inner]).then(traced) : traced()) as ReturnType<
    typeof trace<Result>
  >
}

/** What the tools stand on: something that collects decisions, or something that has them. */
interface Frame {
  leaf(name: string, hyper: LeafHyper): unknown
  /** The values of so many choices; `hyperOf` makes the hyper value for candidates that are no functions. */
  choose(name: string, candidates: readonly unknown[], rule: Rule): unknown[]
}

/** How many of the candidates are chosen: one by itself, or a row. */
interface Rule {
  readonly count: number | null
  readonly distinct: boolean
  hyperOf(candidates: readonly unknown[]): HyperValue
}

function toolsOf(frame: Frame): TraceTools {
  // The types of the tools are those of the hyper values; a frame knows only names and nodes.
  const leaf = (options: Called, hyper: unknown): never =>
    frame.leaf(nameIn(options), hyper as LeafHyper) as never
  return {
    oneOf: (candidates, options = NAMELESS) => {
      const hyperOf = (stored: readonly unknown[]): HyperValue => oneOf(stored) as HyperValue
      return frame.choose(nameIn(options), candidates, { count: null, distinct: true, hyperOf })[0] as never
    },
    manyOf: (count, candidates, options = NAMELESS) => {
      const { distinct = true, sorted = false }: ManyOptions = options
      const hyperOf = (stored: readonly unknown[]): HyperValue =>
        manyOf(count as number, stored, { distinct, sorted }) as unknown as HyperValue
      return frame.choose(nameIn(options), candidates, { count, distinct, hyperOf }) as never
    },
    floatV: (min, max, { name, ...options } = NAMELESS) => leaf({ name }, floatV(min, max, options)),
    intV: (min, max, { name } = NAMELESS) => leaf({ name }, intV(min, max)),
    custom: (kind, { name, ...options } = NAMELESS) => leaf({ name }, custom(kind, options)),
    evolve: (initial, mutation, { name } = NAMELESS) => leaf({ name }, evolve(initial, mutation)),
  }
}

/** Notes each decision, and answers with its first value. */
class Collector implements Frame {
  readonly #made = new Map<string, (() => HyperValue)[]>()
  readonly #inner: PromiseLike<unknown>[]

  /** `inner` takes the promises of candidates, which all have to be kept before the dict is known. */
  constructor(inner: PromiseLike<unknown>[]) {
    this.#inner = inner
  }

  leaf(name: string, hyper: LeafHyper): unknown {
    this.#note(name, () => hyper)
    const point = hyper.pointAt(name)
    const genes: Gene[] = []
    point.first(genes)
    return point.decode(genes[0] as Gene)
  }

  choose(name: string, candidates: readonly unknown[], { count, distinct, hyperOf }: Rule): unknown[] {
    // Bad arguments are told here, where they are given.
    hyperOf(candidates.map((_, i) => i))
    const stored: (() => unknown)[] = []
    const values = candidates.map((candidate, i) => {
      if (typeof candidate !== 'function') {
        stored.push(() => candidate)
        return candidate
      }
      const frame = new Collector(this.#inner)
      stored.push(() => frame.dict(i))
      const value: unknown = candidate(toolsOf(frame))
      if (isPromise(value)) {
        this.#inner.push(value)
        // It is waited for at the end; until then nobody looks at it.
        value.then(undefined, () => {})
      }
      return value
    })
    this.#note(name, () => hyperOf(stored.map(make => make())))
    return Array.from({ length: count ?? 1 }, (_, i) => values[distinct ? i : 0])
  }

  /** The decisions by name; those of a candidate say which it is, so that no two candidates are equal. */
  dict(candidate?: number): SymDict<unknown> {
    const entries: [string, unknown][] = candidate === undefined ? [] : [[CANDIDATE, candidate]]
    for (const [name, made] of this.#made) {
      const [first, ...others] = made.map(make => make()) as [HyperValue, ...HyperValue[]]
      const other = others.find(each => !each.equals(first))
      if (other !== undefined) {
        throw new SpaceError(name, `'${name}' is decided twice, but not alike: by ${first} and by ${other}`)
      }
      entries.push([name, first])
    }
    return SymDict.from(Object.fromEntries(entries))
  }

  #note(name: string, make: () => HyperValue): void {
    const made = this.#made.get(name)
    if (made === undefined) this.#made.set(name, [make])
    else made.push(make)
  }
}

/** Answers each decision with what a DNA says. */
class Player implements Frame {
  readonly #decisions: ReadonlyMap<string, Gene>
  readonly #id: string

  constructor(decisions: ReadonlyMap<string, Gene>, id: string) {
    this.#decisions = decisions
    this.#id = id
  }

  leaf(name: string, hyper: LeafHyper): unknown {
    const point = hyper.pointAt(this.#idOf(name))
    const gene = this.#geneAt(point.id)
    point.check([gene], 0)
    return point.decode(gene)
  }

  choose(name: string, candidates: readonly unknown[], { count }: Rule): unknown[] {
    return Array.from({ length: count ?? 1 }, (_, i) => {
      const id = this.#idOf(name) + (count === null || count === 1 ? '' : `[${i}]`)
      const index = this.#geneAt(id) as number
      if (index >= candidates.length) {
        throw new SpaceError(id, `'${id}' has ${candidates.length} candidates, and more when it was traced`)
      }
      const candidate = candidates[index]
      if (typeof candidate !== 'function') return candidate
      return candidate(toolsOf(new Player(this.#decisions, `${id}[=${index}/${candidates.length}]`)))
    })
  }

  #idOf(name: string): string {
    return joined(this.#id, KeyPath.root.child(name))
  }

  #geneAt(id: string): Gene {
    const gene = this.#decisions.get(id)
    if (gene !== undefined) return gene
    throw new SpaceError(
      id,
      `'${id}' was not met when the function was traced; what is decided only in some cases belongs into a function among the candidates`,
    )
  }
}

/** What was left out, in spite of the types; it is refused where the name is looked for. */
const NAMELESS = {} as Called

/** Under which key the dict of a candidate says which one it is. */
const CANDIDATE = '='

function nameIn({ name }: Called): string {
  if (typeof name === 'string' && name !== '' && name !== CANDIDATE) return name
  throw new SpaceError('', `a decision of a traced function needs a name, got ${JSON.stringify(name)}`)
}

function decisionsOf({ spec }: Space<unknown>, dna: Dna): Map<string, Gene> {
  const decisions = new Map<string, Gene>()
  const genes = spec.genesOf(dna)
  spec.eachOpen(genes, 0, (point, at) => {
    decisions.set(point.id, genes[at] as Gene)
  })
  return decisions
}

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
