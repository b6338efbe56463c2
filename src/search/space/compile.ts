/** From a tree with hyper values to its compiled template and the shape of its DNAs. */

import { isSymbolic, type Symbolic } from '../../symbolic/index.ts'
import { Choices } from '../dna/choices.ts'
import type { DnaSpec, Literal } from '../dna/dna-spec.ts'
import { ManyChoices } from '../dna/many-choices.ts'
import { SpaceSpec } from '../dna/space-spec.ts'
import { SpaceError } from '../errors.ts'
import { ManyOf } from '../hyper/choice-hyper.ts'
import { tieNames } from '../hyper/ties.ts'
import { type Place, scan, type Template, type Where } from './template.ts'

export interface Compiled {
  readonly template: Template
  readonly spec: SpaceSpec
  /** Whether hyper values are left that are not opened. */
  readonly hasLeft: boolean
}

/** Compiles a tree. Throws `SpaceError` for names that mean two things, and for hyper values in sealed places. */
export function compile(root: Symbolic, where: Where = () => true): Compiled {
  let hasLeft = false
  const opens: Where = hyper => {
    const isOpened = where(hyper)
    hasLeft ||= !isOpened
    return isOpened
  }
  const template = scan(root, opens)
  tieNames(template, root, opens)
  const spec = specOf(template)
  checkNames(spec)
  return { template, spec, hasLeft }
}

/** The decisions of a template, side by side; what follows another decision has none. */
function specOf({ id, places }: Template): SpaceSpec {
  const elements: DnaSpec[] = []
  for (const place of places) {
    if (place.tie?.role === 'follow') continue
    place.spec = placeSpec(place)
    elements.push(place.spec)
  }
  return new SpaceSpec(id, elements)
}

function placeSpec({ id, hyper, leaf, rows }: Place): DnaSpec {
  if (leaf !== null) return leaf
  const constant = new SpaceSpec(id, [])
  const candidates = rows.map(row =>
    row.map(candidate => (candidate.places.length === 0 ? constant : specOf(candidate))),
  )
  const [first = []] = rows
  const literalsOf = (): Literal[] => first.map(({ value }) => literalOf(value))
  if (hyper instanceof ManyOf) return new ManyChoices(id, hyper.name, candidates, literalsOf, hyper)
  return new Choices(id, hyper.name, candidates[0] as SpaceSpec[], literalsOf)
}

/** Decisions of one name that are left are never open together; but a name must not be the id of another decision. */
function checkNames(spec: SpaceSpec): void {
  const names = new Map(spec.points.map(point => [point.id, point.name]))
  for (const { id, name } of spec.points) {
    if (name === undefined || !names.has(name) || names.get(name) === name) continue
    throw new SpaceError(id, `the name '${name}' of the decision at '${id}' is the path of another decision`)
  }
}

function literalOf(value: unknown): Literal {
  const isPrimitive = typeof value === 'number' || typeof value === 'boolean' || value === null
  return isPrimitive ? value : isSymbolic(value) ? value.toString() : String(value)
}
