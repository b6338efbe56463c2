/**
 * From trees back to genes: at each open place, which candidate stands there? Candidates with open places of their own
 * are tried from the inside out; what is left is held against the template by putting the hyper values back.
 */

import { equals, isSymbolic, type Symbolic } from '../symbolic/index.ts'
import type { Gene } from './dna-spec.ts'
import { HyperValue, OneOf } from './hyper.ts'
import type { Pair, Place, Template } from './template.ts'

/** Why a tree is not in a space: a sentence, and the path it is about. */
export interface Mismatch {
  readonly path: string
  readonly message: string
}

/** Adds the genes that make a template into a value, the first in order; or says why there are none. */
export function encodeValue(template: Template, value: unknown, genes: Gene[]): Mismatch | null {
  const [place] = template.places
  if (place === undefined) return equals(template.value, value) ? null : unlike(template, value)
  if (template.value instanceof HyperValue) return encodePlace(place, value, genes)
  if (!isSymbolic(value)) return unlike(template, value)
  const openings: Pair[] = []
  for (const open of template.places) {
    const inside: unknown = value.get(open.within, NOTHING)
    if (inside === NOTHING) return { path: open.path, message: `it has nothing at '${open.path}'` }
    const mismatch = encodePlace(open, inside, genes)
    if (mismatch !== null) return mismatch
    openings.push([open.within.toString(), open.hyper])
  }
  return elsewhere(template.value as Symbolic, value, openings)
}

function encodePlace(
  { hyper, point, path, candidates }: Place,
  value: unknown,
  genes: Gene[],
): Mismatch | null {
  const start = genes.length
  if (!(hyper instanceof OneOf)) {
    genes.push((value === 0 ? 0 : value) as number)
    try {
      point.check(genes, start)
      return null
    } catch (error) {
      return { path, message: (error as Error).message }
    }
  }
  let mismatch: Mismatch | null = null
  for (let i = 0; i < candidates.length; i++) {
    genes.length = start
    genes.push(i)
    mismatch = encodeValue(candidates[i] as Template, value, genes)
    if (mismatch === null) return null
  }
  genes.length = start
  if (candidates.length === 1 && mismatch !== null) return mismatch
  const shown = candidates.map(candidate => show(candidate.value)).join(', ')
  return { path, message: `${placed(path)} is ${show(value)}, and the candidates are ${shown}` }
}

/** Outside its open places a tree of the space is the template: with the hyper values put back, the two are equal. */
function elsewhere(template: Symbolic, value: Symbolic, openings: readonly Pair[]): Mismatch | null {
  try {
    const opened = value.rebind(openings)
    if (opened.equals(template)) return null
    const pointer = opened.diff(template)[0]?.path ?? ''
    return { path: pointer, message: `it differs from the template at '${pointer}'` }
  } catch (error) {
    return { path: '', message: `its open places cannot be opened again: ${(error as Error).message}` }
  }
}

const NOTHING: unique symbol = Symbol('NOTHING')

const unlike = (template: Template, value: unknown): Mismatch => ({
  path: template.pair?.[0] ?? '',
  message: `${placed(template.pair?.[0] ?? '')} is ${show(value)}, and the space has ${show(template.value)} there`,
})

const placed = (path: string): string => (path === '' ? 'the value' : `'${path}'`)

function show(value: unknown): string {
  const text = isSymbolic(value) ? value.toString() : (JSON.stringify(value) ?? String(value))
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}
