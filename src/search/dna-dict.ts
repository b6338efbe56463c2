/** DNAs as dicts, both ways: keys are ids or names, values are numbers, `'1/3'` choices, or literals. */

import { Choices } from './choices.ts'
import type { Dna } from './dna.ts'
import type { DecisionPoint, Gene, Literal } from './dna-spec.ts'
import { SpaceError } from './errors.ts'
import type { SpaceSpec } from './space-spec.ts'

export interface DictOptions {
  /** By `id`, or by `name` where a decision has one; reading takes both. */
  readonly keys?: 'id' | 'name'
  /**
   * `number`: what the DNA holds. `choice`: `'0/3'` for the first of three, numbers elsewhere. `literal`: the candidate
   * itself where it is a primitive, its text where it is a tree.
   */
  readonly values?: 'number' | 'choice' | 'literal'
}

/** The values of the open decisions. */
export function toDict(
  dna: Dna,
  { keys = 'id', values = 'number' }: DictOptions = {},
): Record<string, Literal> {
  const dict: [string, Literal][] = []
  for (const { point, number } of dna.decisions()) {
    const key = keys === 'name' ? (point.name ?? point.id) : point.id
    dict.push([key, shownAs(point, number, values)])
  }
  return Object.fromEntries(dict)
}

/** The genes that a dict describes. Throws `SpaceError` for what is missing, unknown, not open, or does not fit. */
export function fromDict(
  dict: Readonly<Record<string, unknown>>,
  spec: SpaceSpec,
  { values = 'number' }: DictOptions = {},
): Gene[] {
  const genes: Gene[] = []
  const used = new Set<string>()
  spec.decide(point => {
    const key = point.name !== undefined && Object.hasOwn(dict, point.name) ? point.name : point.id
    if (!Object.hasOwn(dict, key)) {
      const known = Object.keys(dict).join(', ') || 'nothing'
      throw new SpaceError(point.id, `the dict says nothing about ${point.label}; it has ${known}`)
    }
    used.add(key)
    return geneOf(point, dict[key], values) + 0
  }, genes)
  for (const key of Object.keys(dict)) {
    if (used.has(key) || dict[key] === undefined) continue
    const isKnown = spec.points.some(point => point.id === key || point.name === key)
    const why = isKnown
      ? 'is given twice, or is not open with the other choices'
      : 'is not a decision of the space'
    throw new SpaceError(key, `'${key}' ${why}`)
  }
  return genes
}

function shownAs(point: DecisionPoint, gene: Gene, values: DictOptions['values']): Literal {
  if (values === 'literal') return point.literalOf(gene)
  if (values === 'choice' && point instanceof Choices) return `${gene}/${point.candidates.length}`
  return gene
}

function geneOf(point: DecisionPoint, value: unknown, values: DictOptions['values']): Gene {
  const isChoice = point instanceof Choices
  if (values === 'choice' && isChoice) {
    const [, index, count] = /^(\d+)\/(\d+)$/.exec(String(value)) ?? []
    if (index !== undefined && Number(count) === point.candidates.length) return Number(index)
    throw unfit(point, `a choice like '0/${point.candidates.length}'`, value)
  }
  const gene = values === 'literal' ? point.geneOf(value) : typeof value === 'number' ? value : undefined
  if (gene !== undefined) return gene === 0 ? 0 : gene
  const wanted =
    values === 'literal' && isChoice
      ? `one of ${point.literals.map(literal => JSON.stringify(literal)).join(', ')}`
      : 'a number'
  throw unfit(point, wanted, value)
}

const unfit = (point: DecisionPoint, wanted: string, value: unknown): SpaceError =>
  new SpaceError(point.id, `the value at ${point.label} must be ${wanted}, got ${JSON.stringify(value)}`)
