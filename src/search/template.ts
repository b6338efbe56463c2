/**
 * A tree with hyper values, compiled once: for every hyper value its place, its spec, and the candidates in the form in
 * which they will be stored there. A DNA then turns into one batch of path-value pairs. A candidate that holds more
 * hyper values is compiled in its turn; its pairs stand below its own, so the same batch carries them.
 */

import { CONTINUE, ENTER, isSymbolic, KeyPath, type Symbolic } from '../symbolic/index.ts'
import { Choices } from './choices.ts'
import type { DecisionPoint, Gene, Literal } from './dna-spec.ts'
import { SpaceError } from './errors.ts'
import { FloatV, HyperValue, IntV, OneOf } from './hyper.ts'
import { FloatSpec, IntSpec } from './number-specs.ts'
import { SpaceSpec } from './space-spec.ts'

/** A pair as `rebind` takes it. */
export type Pair = readonly [path: string, value: unknown]

/** A value with its open places. A hyper value is its own and only place. */
export interface Template {
  readonly value: unknown
  readonly places: readonly Place[]
  readonly spec: SpaceSpec
  /** Puts the value where it goes; null for hyper values, which never stand there themselves. */
  readonly pair: Pair | null
}

/** Where a hyper value stands, and what it may become. */
export interface Place {
  /** From the root of the whole tree. */
  readonly path: string
  /** From the value of the template it belongs to. */
  readonly within: KeyPath
  readonly hyper: HyperValue
  readonly point: DecisionPoint
  /** The candidates of a choice; empty for numbers. */
  readonly candidates: readonly Template[]
}

/** Compiles a tree. Throws `SpaceError` for names given twice and for hyper values in sealed places. */
export function compile(root: Symbolic): Template {
  const template = compileValue(root, KeyPath.root, '', root)
  const taken = new Set<string>(template.spec.points.map(point => point.id))
  for (const { id, name } of template.spec.points) {
    if (name === undefined) continue
    if (taken.has(name) && name !== id) {
      throw new SpaceError(
        id,
        `the name '${name}' at '${id}' is taken by another decision; names must be different`,
      )
    }
    taken.add(name)
  }
  return template
}

/** Adds the pairs for the genes from an index to the batch, and gives back the index behind. */
export function addPairs(template: Template, genes: readonly Gene[], at: number, pairs: Pair[]): number {
  for (const place of template.places) {
    const gene = genes[at++] as number
    const candidate = place.candidates[gene]
    if (place.candidates.length === 0) pairs.push([place.path, gene])
    else if (candidate !== undefined) {
      if (candidate.pair !== null) pairs.push(candidate.pair)
      if (candidate.places.length > 0) at = addPairs(candidate, genes, at, pairs)
    }
  }
  return at
}

/** `probe` is a whole tree in which the value stands in its place. */
function compileValue(value: unknown, path: KeyPath, id: string, probe: Symbolic): Template {
  const places: Place[] = []
  if (value instanceof HyperValue) {
    places.push(compilePlace(value, path, KeyPath.root, id, probe))
  } else if (isSymbolic(value)) {
    value.walk((within, node) => {
      if (!(node instanceof HyperValue)) return ENTER
      refuseSealed(node, path.concat(within))
      places.push(compilePlace(node, path.concat(within), within, joined(id, within), probe))
      return CONTINUE
    })
  }
  const spec = new SpaceSpec(
    id,
    places.map(place => place.point),
  )
  return { value, places, spec, pair: value instanceof HyperValue ? null : [path.toString(), value] }
}

function compilePlace(hyper: HyperValue, path: KeyPath, within: KeyPath, id: string, probe: Symbolic): Place {
  const place = { path: path.toString(), within, hyper: hyper.detached() }
  if (hyper instanceof IntV) {
    return { ...place, point: new IntSpec(id, hyper.name, hyper.min, hyper.max), candidates: [] }
  }
  if (hyper instanceof FloatV) {
    return {
      ...place,
      point: new FloatSpec(id, hyper.name, hyper.min, hyper.max, hyper.scale),
      candidates: [],
    }
  }
  if (!(hyper instanceof OneOf)) throw new SpaceError(id, `${hyper.typeName} at '${id}' is of no known kind`)
  const count = hyper.candidates.length
  const candidates = hyper.candidates.map((candidate, i) => {
    const [stored, tree] = storedAt(path, candidate, probe)
    return compileValue(stored, path, `${id}[=${i}/${count}]`, tree)
  })
  const specs = candidates.map(candidate => candidate.spec)
  const literalsOf = (): Literal[] => candidates.map(({ value }) => literalOf(value))
  return { ...place, point: new Choices(id, hyper.name, specs, literalsOf), candidates }
}

/**
 * A candidate as it will be stored at its place, where a plain list becomes one of the field's kind: done here once
 * instead of at every materialization. When the candidate alone is refused there (a rule across fields, that other
 * choices may satisfy), it stays as it is.
 */
function storedAt(path: KeyPath, candidate: unknown, probe: Symbolic): [stored: unknown, tree: Symbolic] {
  const bare = isSymbolic(candidate) ? candidate.detached() : candidate
  if (path.isRoot) return [bare, isSymbolic(bare) ? bare : probe]
  try {
    const tree = probe.rebind([[path, bare]])
    const stored: unknown = tree.get(path)
    return [isSymbolic(stored) ? stored.detached() : stored, tree]
  } catch {
    return [bare, probe]
  }
}

function literalOf(value: unknown): Literal {
  const isPrimitive = typeof value === 'number' || typeof value === 'boolean' || value === null
  return isPrimitive ? value : String(value)
}

/** The id of a place below another id; ids are read by people, and by those who know PyGlove's. */
function joined(id: string, within: KeyPath): string {
  const text = within.toString()
  return id === '' || text === '' || text.startsWith('[') ? id + text : `${id}.${text}`
}

function refuseSealed(node: Symbolic, path: KeyPath): void {
  const sealed = node.isSealed ? node : node.ancestor(above => above.isSealed)
  if (sealed === null) return
  throw new SpaceError(
    path.toString(),
    `the hyper value at '${path}' stands in a sealed place, where nothing can be put`,
  )
}
