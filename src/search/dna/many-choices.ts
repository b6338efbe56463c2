/**
 * `ManyChoices`: several of the same candidates, in a row. It has no gene of its own: it is a row of `Choices`, each with
 * an index and what its candidate opens, and the rule which indices may stand side by side.
 */

import type { Json } from '../../symbolic/index.ts'
import { SpaceError } from '../errors.ts'
import type { Rng } from '../rng.ts'
import { Choices } from './choices.ts'
import { Combinations } from './combinations.ts'
import { type Decide, type DecisionPoint, DnaSpec, type Gene, type Literal, TUPLE } from './dna-spec.ts'
import type { SpaceSpec } from './space-spec.ts'

export interface ManyRules {
  /** Whether all must be different. */
  readonly distinct: boolean
  /** Whether their indices must not fall. */
  readonly sorted: boolean
}

/** Several of the same candidates. */
export class ManyChoices extends DnaSpec {
  readonly kind = 'many'
  readonly name: string | undefined
  /** The single choices, in order; their ids are `x[0]`, `x[1]` …, or `x` for one alone, as in PyGlove. */
  readonly choices: readonly Choices[]
  readonly rules: ManyRules
  readonly #rows: Combinations

  /** `candidates` are those of each single choice: they have the same sizes, and ids of their own. */
  constructor(
    id: string,
    name: string | undefined,
    candidates: readonly (readonly SpaceSpec[])[],
    literalsOf: () => readonly Literal[],
    rules: ManyRules,
  ) {
    super(id)
    this.name = name
    this.rules = rules
    const count = candidates.length
    let literals: readonly Literal[] | null = null
    const shared = (): readonly Literal[] => {
      literals ??= literalsOf()
      return literals
    }
    this.choices = candidates.map((own, i) => {
      const place = count === 1 ? '' : `[${i}]`
      return new Choices(id + place, name === undefined ? name : name + place, own, shared, {
        of: this,
        index: i,
      })
    })
    const weights = (candidates[0] as readonly SpaceSpec[]).map(candidate => candidate.size)
    this.#rows = new Combinations(count, weights, rules.distinct, rules.sorted)
  }

  get size(): number {
    return this.#rows.size
  }

  get points(): readonly DecisionPoint[] {
    return this.choices.flatMap(choice => choice.points)
  }

  /** Whether there is more than one combination. */
  get isMutable(): boolean {
    const { count, total, isDistinct, isSorted } = this.#rows
    return total > 1 && !(isDistinct && isSorted && count === total)
  }

  first(genes: Gene[]): void {
    this.#fill([], genes)
  }

  random(genes: Gene[], rng: Rng): void {
    this.#rows.random(rng).forEach((index, i) => {
      this.#choice(i).openAt(index, genes, rng)
    })
  }

  decide(ask: Decide, genes: Gene[], repair: boolean): void {
    const before: number[] = []
    for (const choice of this.choices) {
      const allowed = this.#rows.allowed(before)
      let gene = ask(choice, allowed)
      if (repair && allowed !== null && !allowed.includes(gene as number)) {
        gene = allowed.find(index => index > (gene as number)) ?? (allowed[0] as number)
      }
      const candidate = choice.candidateOf(gene)
      this.#refuse(choice, before, gene as number)
      before.push(gene as number)
      genes.push(gene)
      candidate.decide(ask, genes, repair)
    }
  }

  redraw(genes: readonly Gene[], at: number, target: number, out: Gene[], rng: Rng): number {
    const starts = this.#starts(genes, at)
    let i = this.choices.length - 1
    while ((starts[i] as number) > target) i--
    const parts = this.choices.map((_, j) => genes.slice(starts[j], starts[j + 1]))
    if (starts[i] === target) this.#vary(parts, i, rng)
    else {
      const part: Gene[] = []
      this.#choice(i).redraw(genes, starts[i] as number, target, part, rng)
      parts[i] = part
    }
    for (const part of parts) out.push(...part)
    return starts.at(-1) as number
  }

  next(genes: readonly Gene[], at: number, out: Gene[]): boolean {
    const starts = this.#starts(genes, at)
    const indices = this.#indices(genes, starts)
    const length = out.length
    for (let i = this.choices.length - 1; i >= 0; i--) {
      const start = starts[i] as number
      out.length = length
      for (let j = at; j < start; j++) out.push(genes[j] as Gene)
      const index = indices[i] as number
      const before = indices.slice(0, i)
      out.push(index)
      let following = index
      if (
        !this.#choice(i)
          .candidateOf(index)
          .next(genes, start + 1, out)
      ) {
        following = this.#rows.nextAllowed(before, index + 1)
        if (following < 0) continue
        out.length = length + start - at
        this.#choice(i).firstOf(following, out)
      }
      this.#fill([...before, following], out)
      return true
    }
    out.length = length
    return false
  }

  end(genes: readonly Gene[], at: number): number {
    for (const choice of this.choices) at = choice.end(genes, at)
    return at
  }

  check(genes: readonly Gene[], at: number): number {
    const before: number[] = []
    for (const choice of this.choices) {
      const end = choice.check(genes, at)
      this.#refuse(choice, before, genes[at] as number)
      before.push(genes[at] as number)
      at = end
    }
    return at
  }

  rank(genes: readonly Gene[], at: number): number {
    let rank = 0
    const before: number[] = []
    for (const choice of this.choices) {
      const index = genes[at] as number
      for (let lower = 0; lower < index; lower++) {
        if (!this.#rows.allows(before, lower)) continue
        rank += choice.candidateOf(lower).size * this.#rows.ways(before, lower)
      }
      rank += choice.candidateOf(index).rank(genes, at + 1) * this.#rows.ways(before, index)
      before.push(index)
      at = choice.end(genes, at)
    }
    return rank
  }

  atRank(rank: number, out: Gene[]): void {
    const before: number[] = []
    for (const choice of this.choices) {
      let index = this.#rows.nextAllowed(before, 0)
      let ways = this.#rows.ways(before, index)
      while (rank >= choice.candidateOf(index).size * ways) {
        rank -= choice.candidateOf(index).size * ways
        index = this.#rows.nextAllowed(before, index + 1)
        ways = this.#rows.ways(before, index)
      }
      out.push(index)
      choice.candidateOf(index).atRank(Math.floor(rank / ways), out)
      before.push(index)
      rank %= ways
    }
  }

  eachOpen(genes: readonly Gene[], at: number, visit: (point: DecisionPoint, at: number) => void): number {
    for (const choice of this.choices) at = choice.eachOpen(genes, at, visit)
    return at
  }

  toJson(genes: readonly Gene[], at: number): Json {
    const list: Json[] = []
    for (const choice of this.choices) {
      list.push(choice.toJson(genes, at))
      at = choice.end(genes, at)
    }
    return list.length === 1 ? (list[0] as Json) : list
  }

  fromJson(json: Json, out: Gene[]): void {
    const count = this.choices.length
    const isList = Array.isArray(json) && json[0] !== TUPLE
    if (count === 1)
      return this.#choice(0).fromJson(isList && json.length === 1 ? (json[0] as Json) : json, out)
    if (!isList || json.length !== count) {
      throw new SpaceError(
        this.id,
        `the choices at ${this.#label} must be a list of ${count}, got ${JSON.stringify(json)}`,
      )
    }
    json.forEach((item, i) => {
      this.#choice(i).fromJson(item, out)
    })
  }

  #choice(i: number): Choices {
    return this.choices[i] as Choices
  }

  /** Writes the first choices that may follow others. */
  #fill(before: number[], genes: Gene[]): void {
    while (before.length < this.choices.length) {
      const index = this.#rows.nextAllowed(before, 0)
      this.#choice(before.length).firstOf(index, genes)
      before.push(index)
    }
  }

  /** Where the genes of each choice start, and where the last end. */
  #starts(genes: readonly Gene[], at: number): number[] {
    const starts = [at]
    for (const choice of this.choices) {
      at = choice.end(genes, at)
      starts.push(at)
    }
    return starts
  }

  #indices(genes: readonly Gene[], starts: readonly number[]): number[] {
    return this.choices.map((_, i) => genes[starts[i] as number] as number)
  }

  /**
   * Another candidate in the place of one, or the two of a pair swapped: what of both is possible, by the toss of a coin
   * where both are. A sorted row is sorted again, and each candidate keeps what is decided inside it.
   */
  #vary(parts: Gene[][], i: number, rng: Rng): void {
    const { total, isDistinct, isSorted } = this.#rows
    const indices = parts.map(part => part[0] as number)
    const taken = isDistinct ? indices : [indices[i] as number]
    const free = total - new Set(taken).size
    const partners = isSorted ? [] : parts.filter(part => part[0] !== indices[i])
    if (free === 0 && partners.length === 0) return
    if (partners.length === 0 || (free > 0 && rng.int(2) === 0)) {
      let index = rng.int(free)
      for (const other of [...taken].sort((a, b) => a - b)) if (other <= index) index++
      const part: Gene[] = []
      this.#choice(i).openAt(index, part, rng)
      parts[i] = part
      if (isSorted) parts.sort((a, b) => (a[0] as number) - (b[0] as number))
    } else {
      const other = parts.indexOf(rng.pick(partners))
      const part = parts[i] as Gene[]
      parts[i] = parts[other] as Gene[]
      parts[other] = part
    }
  }

  #refuse(choice: Choices, before: readonly number[], index: number): void {
    if (this.#rows.allows(before, index)) return
    const isTooHigh = index > (before.at(-1) ?? -1)
    const rule =
      this.rules.distinct && before.includes(index)
        ? 'must be different'
        : `must be in ascending order${isTooHigh ? ' to the last' : ''}`
    const row = [...before, index].join(', ')
    throw new SpaceError(choice.id, `the choices at ${this.#label} ${rule}, got ${row}`)
  }

  get #label(): string {
    const place = this.id === '' ? 'the root' : `'${this.id}'`
    return this.name === undefined ? place : `${place} (${this.name})`
  }
}
