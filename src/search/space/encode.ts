/**
 * From trees back to genes: at each open place, which candidate stands there? Candidates with open places of their own
 * are tried from the inside out; what is left is held against the template by putting the hyper values back.
 */

import { equals, isSymbolic, type KeyPath, type Symbolic, SymList, SymTuple } from '../../symbolic/index.ts'
import type { Gene, LeafPoint } from '../dna/dna-spec.ts'
import { Derived, type DerivedPlace, derivedValue } from '../hyper/derived.ts'
import type { Pair, Place, Template } from './template.ts'

/** Why a tree is not in a space: a sentence, and the path it is about. */
export interface Mismatch {
  readonly path: string
  readonly message: string
}

/** Why not, worked out when somebody asks: most refusals are of candidates that another one makes up for. */
type Refusal = () => Mismatch

/** The genes that make a template into a value, the first in order; or why there are none. */
export function encodeValue(template: Template, value: unknown): Gene[] | Mismatch {
  const root = isSymbolic(value) ? value.detached() : value
  const encoder = new Encoder(root)
  const refusal = encoder.value(template, root)
  return refusal === null ? encoder.genes() : refusal()
}

export const isMismatch = (encoded: Gene[] | Mismatch): encoded is Mismatch => !Array.isArray(encoded)

/** Where the genes of a decision that stands nowhere itself go, once a place that follows it has told them. */
interface Gap {
  readonly only: Place
}

type Row = readonly (Gene | Gap)[]

class Encoder {
  /** The whole tree, in which derived values look for what they depend on. */
  readonly #root: unknown
  readonly #row: (Gene | Gap)[] = []
  /** The genes of tied decisions, as the first of their places told them. */
  #told: ReadonlyMap<string, Row> = new Map()

  constructor(root: unknown) {
    this.#root = root
  }

  genes(): Gene[] {
    return this.#filled(this.#row)
  }

  /** Adds the genes of a value; or says why there are none. */
  value(template: Template, value: unknown): Refusal | null {
    const { places, derived, pair } = template
    const isWhole = pair !== null
    if (template.value instanceof Derived) return this.#derived(derived[0] as DerivedPlace)
    if (isWhole && (!isSymbolic(value) || places.length + derived.length === 0)) {
      return equals(template.value, value) ? null : unlike(template, value)
    }
    const openings: Pair[] = []
    for (const place of places) {
      if (place.tie?.role === 'only') {
        this.#row.push({ only: place })
        continue
      }
      const inside = at(value, place.within)
      if (inside === NOTHING) return refused(place.text, () => `it has nothing at '${place.text}'`)
      const refusal = this.#place(place, inside)
      if (refusal !== null) return refusal
      openings.push(place.opening)
    }
    for (const place of derived) {
      const refusal = this.#derived(place)
      if (refusal !== null) return refusal
      openings.push([place.within.toString(), place.node])
    }
    return isWhole ? elsewhere(template.value as Symbolic, value as Symbolic, openings) : null
  }

  #derived(place: DerivedPlace): Refusal | null {
    const path = String(place.path)
    return follows(place, this.#root)
      ? null
      : refused(path, () => `'${path}' is not what follows from the rest`)
  }

  #place(place: Place, value: unknown): Refusal | null {
    if (place.tie === null) return this.#decision(place, value)
    const { name, role } = place.tie
    const start = this.#row.length
    const refusal = this.#decision(place, value)
    if (refusal !== null) return refusal
    const told = this.#told.get(name)
    const genes = this.#row.slice(start)
    if (told === undefined) this.#told = new Map(this.#told).set(name, genes)
    else if (!areAlike(told, genes)) {
      return refused(
        place.text,
        () => `${placed(place.text)} is ${show(value)}, unlike another place that is named '${name}'`,
      )
    }
    if (role === 'follow') this.#row.length = start
    return null
  }

  #decision(place: Place, value: unknown): Refusal | null {
    const { text, leaf, rows, combinations } = place
    if (leaf !== null) return this.#leaf(leaf, text, value)
    if (combinations === null) return this.#oneOf(rows[0] as readonly Template[], text, value)
    const isRow = value instanceof SymList || value instanceof SymTuple
    return isRow && value.length === rows.length
      ? this.#manyOf(place, [...value], [])
      : refused(text, () => `${placed(text)} is ${show(value)}, and must be a list of ${rows.length}`)
  }

  #leaf(leaf: LeafPoint, path: string, value: unknown): Refusal | null {
    try {
      const gene = leaf.encode(value)
      leaf.check([gene], 0)
      this.#row.push(gene)
      return null
    } catch (error) {
      return refused(path, () => (error as Error).message)
    }
  }

  #oneOf(candidates: readonly Template[], path: string, value: unknown): Refusal | null {
    const start = this.#row.length
    const told = this.#told
    let refusal: Refusal | null = null
    for (let i = 0; i < candidates.length; i++) {
      this.#row.push(i)
      refusal = this.value(candidates[i] as Template, value)
      if (refusal === null) return null
      this.#goBack(start, told)
    }
    return candidates.length === 1 ? refusal : unlikeAll(candidates, path, value)
  }

  /** The elements behind those that are chosen. */
  #manyOf(place: Place, values: readonly unknown[], before: readonly number[]): Refusal | null {
    const position = before.length
    if (position === values.length) return null
    const { rows, combinations, text } = place
    const row = rows[position] as readonly Template[]
    const start = this.#row.length
    const told = this.#told
    const failed: Template[] = []
    let deeper: Refusal | null = null
    for (let i = 0; i < row.length; i++) {
      const candidate = row[i] as Template
      if (combinations?.allows(before, i) !== true) continue
      this.#row.push(i)
      // Where one fits and leads nowhere, others of the same do so, too, and trying them all takes for ever.
      const isNew = this.value(candidate, values[position]) === null && !failed.some(isLike(candidate))
      if (isNew) {
        deeper = this.#manyOf(place, values, [...before, i])
        if (deeper === null) return null
        failed.push(candidate)
      }
      this.#goBack(start, told)
    }
    return deeper ?? unlikeAll(row, `${text}[${position}]`, values[position])
  }

  #goBack(start: number, told: ReadonlyMap<string, Row>): void {
    this.#row.length = start
    this.#told = told
  }

  #filled(row: Row): Gene[] {
    return row.flatMap(entry => {
      if (!isGap(entry)) return [entry]
      const told = this.#told.get(entry.only.tie?.name as string)
      if (told !== undefined) return this.#filled(told)
      // Nothing of it is open, so whatever it says makes no difference.
      const genes: Gene[] = []
      entry.only.spec?.first(genes)
      return genes
    })
  }
}

/** Outside its open places a tree of the space is the template: with the hyper values put back, the two are equal. */
function elsewhere(template: Symbolic, value: Symbolic, openings: readonly Pair[]): Refusal | null {
  try {
    const opened = value.detached().rebind(openings)
    if (opened.equals(template)) return null
    return () => {
      const path = opened.diff(template)[0]?.path ?? ''
      return { path, message: `it differs from the template at '${path}'` }
    }
  } catch (error) {
    return refused('', () => `its open places cannot be opened again: ${(error as Error).message}`)
  }
}

const NOTHING: unique symbol = Symbol('NOTHING')

const at = (value: unknown, path: KeyPath): unknown =>
  path.isRoot ? value : isSymbolic(value) ? value.get(path, NOTHING) : NOTHING

function follows(place: DerivedPlace, root: unknown): boolean {
  const holder = at(root, place.path.parent as KeyPath)
  if (!isSymbolic(holder)) return false
  try {
    return equals(at(root, place.path), derivedValue(place, holder))
  } catch {
    // The function cannot be asked about what stands there, or there is nothing.
    return false
  }
}

const isLike =
  ({ value }: Template) =>
  (other: Template): boolean =>
    equals(value, other.value)

const isGap = (entry: Gene | Gap): entry is Gap => typeof entry === 'object'

const areAlike = (a: Row, b: Row): boolean =>
  a.length === b.length &&
  a.every((entry, i) => entry === b[i] || (isGap(entry) && isGap(b[i] as Gene | Gap)))

const refused =
  (path: string, message: () => string): Refusal =>
  () => ({ path, message: message() })

function unlike({ pair, value }: Template, found: unknown): Refusal {
  const path = pair?.[0] ?? ''
  return refused(path, () => `${placed(path)} is ${show(found)}, and the space has ${show(value)} there`)
}

function unlikeAll(candidates: readonly Template[], path: string, value: unknown): Refusal {
  const shown = (): string => candidates.map(candidate => show(candidate.value)).join(', ')
  return refused(path, () => `${placed(path)} is ${show(value)}, and the candidates are ${shown()}`)
}

const placed = (path: string): string => (path === '' ? 'the value' : `'${path}'`)

function show(value: unknown): string {
  const text = isSymbolic(value) ? value.toString() : (JSON.stringify(value) ?? String(value))
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}
