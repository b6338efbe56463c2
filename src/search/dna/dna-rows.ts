/** DNAs as rows over the points of their space, so that DNAs with different decisions open can be held side by side. */

import { isNumberPoint, partOf } from '../algorithms/unit-scale.ts'
import type { DecisionPoint, Gene } from './dna-spec.ts'
import type { SpaceSpec } from './space-spec.ts'

/** The open decisions of a DNA, by the index of the point, ascending. */
export interface Row {
  readonly open: readonly number[]
  /** What is decided at each: the index chosen, the part of the way of a number, or a text. */
  readonly values: readonly Gene[]
}

/** The points of a space in a fixed order, and the rows of its DNAs. */
export class DnaRows {
  readonly spec: SpaceSpec
  readonly points: readonly DecisionPoint[]
  readonly #indices: ReadonlyMap<DecisionPoint, number>
  readonly #rows = new WeakMap<readonly Gene[], Row>()

  private constructor(spec: SpaceSpec) {
    this.spec = spec
    this.points = spec.points
    this.#indices = new Map(this.points.map((point, index) => [point, index]))
  }

  /** The rows of a space; the same for the same space. */
  static of(spec: SpaceSpec): DnaRows {
    let rows = known.get(spec)
    if (rows === undefined) known.set(spec, (rows = new DnaRows(spec)))
    return rows
  }

  indexOf(point: DecisionPoint): number {
    return this.#indices.get(point) as number
  }

  /** The row of genes; made once for the same array. */
  rowOf(genes: readonly Gene[]): Row {
    let row = this.#rows.get(genes)
    if (row === undefined) this.#rows.set(genes, (row = this.#read(genes)))
    return row
  }

  #read(genes: readonly Gene[]): Row {
    const open: number[] = []
    const values: Gene[] = []
    this.spec.eachOpen(genes, 0, (point, at) => {
      const gene = genes[at] as Gene
      open.push(this.indexOf(point))
      values.push(isNumberPoint(point) ? partOf(point, gene) : gene)
    })
    return { open, values }
  }
}

const known = new WeakMap<SpaceSpec, DnaRows>()
