/**
 * A tree with hyper values, compiled once: for every hyper value its place, and the candidates in the form in which they
 * will be stored there. A candidate that holds more hyper values is compiled in its turn, with paths from the root, so
 * that one batch of path-value pairs carries whatever is decided.
 */

import { CONTINUE, ENTER, equals, isSymbolic, KeyPath, type Symbolic, SymList } from '../../symbolic/index.ts'
import { Combinations } from '../dna/combinations.ts'
import type { DnaSpec, LeafPoint } from '../dna/dna-spec.ts'
import { SpaceError } from '../errors.ts'
import { ChoiceHyper, ManyOf } from '../hyper/choice-hyper.ts'
import { Derived, type DerivedPlace } from '../hyper/derived.ts'
import { HyperValue, type LeafHyper } from '../hyper/hyper.ts'

/** A pair as `rebind` takes it. */
export type Pair = readonly [path: string, value: unknown]

/** Which hyper values are opened; the others stay in the tree as they are, with all that is inside them. */
export type Where = (hyper: HyperValue) => boolean

/** A value with its open places. A hyper value that is opened is its own and only place. */
export interface Template {
  readonly id: string
  readonly value: unknown
  /** Those of unconditional ties may be added in front of others. */
  readonly places: Place[]
  readonly derived: readonly DerivedPlace[]
  /** Puts the value where it goes; null for hyper values, which never stand there themselves. */
  readonly pair: Pair | null
}

/** Where a hyper value stands, and what it may become. */
export interface Place {
  readonly id: string
  readonly path: KeyPath
  /** The path as the batch takes it. */
  readonly text: string
  /** From the value of the template it belongs to. */
  readonly within: KeyPath
  readonly hyper: HyperValue
  /** Puts the hyper value back into a value of the template it belongs to. */
  readonly opening: Pair
  /** What is decided, for numbers and the like; null for choices. */
  readonly leaf: LeafPoint | null
  /** For a choice its candidates; for several of them, the candidates of each. */
  readonly rows: readonly (readonly Template[])[]
  /** Which of the candidates may stand side by side; null where only one stands. */
  readonly combinations: Combinations | null
  /** How the place goes with others of its name; null for a place by itself. Set by `tieNames`, and then for good. */
  tie: Tie | null
  /** The stretch of a DNA that is about this place; set by `specOf`, and then for good. */
  spec: DnaSpec | null
}

/**
 * Decisions of one name. `lead` decides, `follow` has no genes and takes those of the lead, and `only` decides without
 * standing in the tree itself: it is there where each of the places can also be closed.
 */
export interface Tie {
  readonly name: string
  readonly role: 'lead' | 'follow' | 'only'
}

/** Compiles a tree; ties and specs are still to come. Throws `SpaceError` for hyper values in sealed places. */
export function scan(root: Symbolic, where: Where): Template {
  return scanValue(root, KeyPath.root, '', root, where)
}

/** The place of a hyper value; `within` is its path in the template that it is to belong to. */
export function scanPlace(
  hyper: HyperValue,
  path: KeyPath,
  within: KeyPath,
  id: string,
  probe: Symbolic,
  where: Where,
): Place {
  const isChoice = hyper instanceof ChoiceHyper
  const bare = hyper.detached()
  return {
    id,
    path,
    text: path.toString(),
    within,
    hyper: bare,
    opening: [within.toString(), bare],
    leaf: isChoice ? null : (hyper as LeafHyper).pointAt(id),
    rows: !isChoice
      ? []
      : hyper instanceof ManyOf
        ? scanMany(hyper, path, id, probe, where)
        : [scanOne(hyper, path, id, probe, where)],
    combinations:
      hyper instanceof ManyOf
        ? new Combinations(hyper.count, Array(hyper.candidates.length).fill(1), hyper.distinct, hyper.sorted)
        : null,
    tie: null,
    spec: null,
  }
}

/** `probe` is a whole tree in which the value stands in its place. */
function scanValue(value: unknown, path: KeyPath, id: string, probe: Symbolic, where: Where): Template {
  const places: Place[] = []
  const derived: DerivedPlace[] = []
  const isOpen = value instanceof HyperValue && where(value)
  if (isOpen) {
    places.push(scanPlace(value, path, KeyPath.root, id, probe, where))
  } else if (isSymbolic(value)) {
    value.walk((within, node) => {
      const at = path.concat(within)
      if (node instanceof Derived) {
        refuseSealed(node, at)
        if (at.isRoot)
          throw new SpaceError('', 'there is nothing above the root that it could be derived from')
        derived.push({ path: at, within, node: node.detached() })
      } else if (!(node instanceof HyperValue)) {
        return ENTER
      } else if (where(node)) {
        refuseSealed(node, at)
        places.push(scanPlace(node, at, within, joined(id, within), probe, where))
      }
      return CONTINUE
    })
  }
  return { id, value, places, derived, pair: isOpen ? null : [path.toString(), value] }
}

function scanOne(
  { candidates }: ChoiceHyper,
  path: KeyPath,
  id: string,
  probe: Symbolic,
  where: Where,
): Template[] {
  const count = candidates.length
  return candidates.map((candidate, i) => {
    const [stored, tree] = storedAt(path, candidate, probe)
    return scanValue(stored, path, `${id}[=${i}/${count}]`, tree, where)
  })
}

/**
 * The candidates of each element. Rows are tried in which every candidate comes to stand in every position, to see how
 * it is stored there; one that comes out alike and has nothing open is compiled once for all positions.
 */
function scanMany(hyper: ManyOf, path: KeyPath, id: string, probe: Symbolic, where: Where): Template[][] {
  const { count } = hyper
  const bare = hyper.candidates.map(bareOf)
  const rows: Template[][] = Array.from({ length: count }, () => [])
  const constants = new Map<number, Template>()
  for (let shift = 0; shift < bare.length; shift++) {
    const indexAt = (position: number): number => (position + shift) % bare.length
    const tried = rows.map((_, position) => bare[indexAt(position)])
    const [list, tree] = storedAt(path, path.isRoot ? SymList.from(tried) : tried, probe)
    rows.forEach((row, position) => {
      const index = indexAt(position)
      const stored = isSymbolic(list) ? bareOf(list.get([position])) : bare[index]
      const constant = constants.get(index)
      if (constant !== undefined && equals(constant.value, stored)) {
        row[index] = constant
        return
      }
      const own = `${id}${count === 1 ? '' : `[${position}]`}[=${index}/${bare.length}]`
      const template = scanValue(stored, path.child(position), own, tree, where)
      if (template.places.length === 0 && template.derived.length === 0) constants.set(index, template)
      row[index] = template
    })
  }
  return rows
}

/**
 * A candidate as it will be stored at its place, where a plain list becomes one of the field's kind: done here once
 * instead of at every materialization. When the candidate alone is refused there (a rule across fields, that other
 * choices may satisfy), it stays as it is.
 */
function storedAt(path: KeyPath, candidate: unknown, probe: Symbolic): [stored: unknown, tree: Symbolic] {
  const bare = bareOf(candidate)
  if (path.isRoot) return [bare, isSymbolic(bare) ? bare : probe]
  try {
    const tree = probe.rebind([[path, bare]])
    return [bareOf(tree.get(path)), tree]
  } catch {
    return [bare, probe]
  }
}

const bareOf = (value: unknown): unknown => (isSymbolic(value) ? value.detached() : value)

/** The id of a place below another id; ids are read by people, and by those who know PyGlove's. */
export function joined(id: string, within: KeyPath): string {
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
