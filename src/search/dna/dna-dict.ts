/** DNAs as dicts, both ways: keys are ids or names, values are genes, `'1/3'` choices, or literals. */

import { SpaceError } from '../errors.ts'
import { Choices } from './choices.ts'
import type { DnaDecision } from './dna.ts'
import type { DecisionPoint, Gene, Literal } from './dna-spec.ts'
import type { ManyChoices } from './many-choices.ts'
import type { SpaceSpec } from './space-spec.ts'

export interface DictOptions {
  /** By `id`, or by `name` where a decision has one; reading takes both. */
  readonly keys?: 'id' | 'name'
  /**
   * `number`: what the DNA holds. `choice`: `'0/3'` for the first of three, numbers elsewhere. `literal`: the candidate
   * itself where it is a primitive, its text where it is a tree.
   */
  readonly values?: 'number' | 'choice' | 'literal'
  /** Choices in a row: each under a key of its own (`'x[0]'`), as one `list`, or both; reading takes all of them. */
  readonly rows?: 'each' | 'list' | 'both'
  /** Whether decisions that are not open are there too, as null. */
  readonly closed?: boolean
}

/** A value, or those of choices in a row. */
export type DictValue = Literal | Literal[]

/** The values of open decisions; all of them. */
export function toDict(
  decisions: readonly DnaDecision[],
  spec: SpaceSpec,
  { keys = 'id', values = 'number', rows = 'each', closed = false }: DictOptions = {},
): Record<string, DictValue> {
  const dict = new Map<string, DictValue>()
  const keyOf = ({ id, name }: Labelled): string => (keys === 'name' ? (name ?? id) : id)
  for (const { point, gene } of decisions) {
    const value = shownAs(point, gene, values)
    for (const entry of entriesOf(point, rows)) {
      const key = keyOf(entry)
      const list = dict.get(key)
      if (entry === point) dict.set(key, value)
      else if (Array.isArray(list)) list.push(value)
      else dict.set(key, [value])
    }
  }
  const all = closed ? spec.points.flatMap(point => entriesOf(point, rows)) : []
  for (const entry of all) if (!dict.has(keyOf(entry))) dict.set(keyOf(entry), null)
  return Object.fromEntries(dict)
}

/** The genes that a dict describes. Throws `SpaceError` for what is missing, unknown, not open, or does not fit. */
export function fromDict(
  dict: Readonly<Record<string, unknown>>,
  spec: SpaceSpec,
  { values = 'number' }: DictOptions = {},
): Gene[] {
  const decisions: DnaDecision[] = []
  const used = new Set<string>()
  const genes: Gene[] = []
  spec.decide(
    point => {
      const key = keysOf(point).find(each => Object.hasOwn(dict, each))
      if (key === undefined) {
        const known = Object.keys(dict).join(', ') || 'nothing'
        throw new SpaceError(point.id, `the dict says nothing about ${point.label}; it has ${known}`)
      }
      used.add(key)
      const gene = geneOf(point, elementOf(point, key, dict[key]), values)
      decisions.push({ point, gene })
      return gene
    },
    genes,
    false,
  )
  const unused = Object.keys(dict).filter(key => !used.has(key) && dict[key] !== undefined)
  if (unused.length > 0) checkUnused(unused, dict, decisions, spec, values)
  return genes
}

/** What has an id and perhaps a name: a decision, or a row of choices. */
interface Labelled {
  readonly id: string
  readonly name: string | undefined
}

const rowOf = (point: DecisionPoint): ManyChoices | null =>
  point instanceof Choices && point.row !== null && point.row.of.choices.length > 1 ? point.row.of : null

/** Under what a decision goes: itself, its row, or both. */
function entriesOf(point: DecisionPoint, rows: DictOptions['rows']): Labelled[] {
  const row = rowOf(point)
  return row === null || rows === 'each' ? [point] : rows === 'list' ? [row] : [point, row]
}

/** The keys that may say what is decided, its own before those of its row. */
const keysOf = (point: DecisionPoint): string[] =>
  entriesOf(point, 'both').flatMap(({ id, name }) => (name === undefined ? [id] : [name, id]))

/** The value of a decision by itself; its row has those of all. */
function elementOf(point: DecisionPoint, key: string, value: unknown): unknown {
  const row = rowOf(point)
  if (row === null || key === point.name || key === point.id) return value
  if (Array.isArray(value) && value.length === row.choices.length)
    return value[(point as Choices).row?.index ?? 0]
  throw new SpaceError(key, `'${key}' must be a list of ${row.choices.length}, got ${JSON.stringify(value)}`)
}

/** Keys that were not needed may say the same once more, and null of what is not open. */
function checkUnused(
  unused: readonly string[],
  dict: Readonly<Record<string, unknown>>,
  decisions: readonly DnaDecision[],
  spec: SpaceSpec,
  values: DictOptions['values'],
): void {
  const all = { values: values ?? 'number', rows: 'both', closed: true } as const
  const said = new Map<string, DictValue>([
    ...Object.entries(toDict(decisions, spec, { ...all, keys: 'id' })),
    ...Object.entries(toDict(decisions, spec, { ...all, keys: 'name' })),
  ])
  for (const key of unused) {
    const shown = JSON.stringify(dict[key])
    if (JSON.stringify(said.get(key)) === shown) continue
    const why = !said.has(key)
      ? 'is not a decision of the space'
      : said.get(key) === null
        ? `is not open with the other choices, got ${shown}`
        : `is said twice, ${JSON.stringify(said.get(key))} and ${shown}`
    throw new SpaceError(key, `'${key}' ${why}`)
  }
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
  const isGene = typeof value === 'number' || (point.kind === 'custom' && typeof value === 'string')
  const gene = values === 'literal' ? point.geneOf(value) : isGene ? (value as Gene) : undefined
  if (gene !== undefined) return gene === 0 ? 0 : gene
  const wanted =
    values === 'literal' && isChoice
      ? `one of ${point.literals.map(literal => JSON.stringify(literal)).join(', ')}`
      : point.kind === 'custom'
        ? 'a text'
        : 'a number'
  throw unfit(point, wanted, value)
}

const unfit = (point: DecisionPoint, wanted: string, value: unknown): SpaceError =>
  new SpaceError(point.id, `the value at ${point.label} must be ${wanted}, got ${JSON.stringify(value)}`)
