/**
 * What a term must give, and what else would do: where every expected output is mirrored, enlarged, framed, tiled or
 * turned, or made of two halves, the parts are goals too, and an operator makes the whole of them. So the search goes
 * from both ends.
 */

import { type Grid, gridOperator } from '../operators/index.ts'
import { type Entry, hashOf } from './bank.ts'
import { call, constant, INPUT, type Term } from './term.ts'

/** Grids to be found, one per training pair. */
export interface Goal {
  readonly grids: readonly Grid[]
  readonly hash: number
  /** The cheapest term that gives the grids, with what it costs. */
  found: { readonly term: Term; readonly cost: number } | null
}

/** A way to make the goal at `whole` of those at `parts`. */
interface Way {
  readonly whole: number
  readonly parts: readonly number[]
  readonly cost: number
  make(...parts: Term[]): Term
}

/** The expected outputs, as the first goal, and all that they can be made of. */
export class Goals {
  readonly all: Goal[] = []
  readonly #ways: Way[] = []
  /** How many cuts each goal is away from the first. */
  readonly #depths: number[] = []
  readonly #inputs: readonly Grid[]

  constructor(inputs: readonly Grid[], outputs: readonly Grid[]) {
    this.#inputs = inputs
    this.#goal(outputs, 0)
    // Goals of goals, as for an output that is mirrored both ways.
    for (let i = 0; i < this.all.length && this.all.length < 24; i++) this.#split(i)
  }

  /** What was found for the expected outputs. */
  get solution(): Goal['found'] {
    return this.all[0]!.found
  }

  /** Takes in that a term gives the grids of a goal. Gives whether the first goal was reached, or reached cheaper. */
  reach(goal: Goal, term: Term, cost: number): boolean {
    const before = this.solution?.cost ?? Infinity
    if (goal.found !== null && goal.found.cost <= cost) return false
    goal.found = { term, cost }
    for (const way of this.#ways) {
      if (!way.parts.some(part => this.all[part] === goal)) continue
      const parts = way.parts.map(part => this.all[part]!.found)
      if (parts.some(part => part === null)) continue
      const sum = parts.reduce((total, part) => total + part!.cost, way.cost)
      this.reach(this.all[way.whole]!, way.make(...parts.map(part => part!.term)), sum)
    }
    return (this.solution?.cost ?? Infinity) < before
  }

  /** The goals that an entry is the same size as, in every pair. */
  likeIn({ type, values }: Entry): Goal[] {
    return type === 'grid' ? this.all.filter(({ grids }) => isSameSize(values as readonly Grid[], grids)) : []
  }

  #goal(grids: readonly Grid[], depth = 1): number {
    const hash = hashOf('grid', grids)
    const known = this.all.findIndex(goal => goal.hash === hash)
    if (known >= 0) return known
    this.all.push({ grids, hash, found: null })
    this.#depths.push(depth)
    return this.all.length - 1
  }

  #split(whole: number): void {
    const { grids } = this.all[whole]!
    const same = (op: string, parts: readonly Grid[], rest: readonly Term[] = []): void => {
      const { run } = gridOperator(op)
      const constants = rest.map(term => (term.kind === 'constant' ? term.value : 0))
      const isWay = grids.every((grid, i) => {
        const made = run(...([parts[i], ...constants] as never[])) as Grid
        return made !== parts[i] && isEqual(made, grid)
      })
      if (isWay)
        this.#way({ whole, parts: [this.#goal(parts)], cost: 2, make: term => call(op, term, ...rest) })
    }
    const [left, right] = [grids.map(leftPart), grids.map(rightPart)]
    const [top, bottom] = [grids.map(topPart), grids.map(bottomPart)]
    same('mirrorRight', left)
    same('mirrorLeft', right)
    same('mirrorDown', top)
    same('mirrorUp', bottom)
    same('pinwheel', top.map(leftPart))
    for (let times = 2; times <= 6; times++) {
      same(
        'enlarge',
        grids.map(grid => shrunk(grid, times, times)),
        [constant('count', times)],
      )
    }
    for (let down = 1; down <= 4; down++) {
      for (let across = 1; across <= 4; across++) {
        if (down * across === 1) continue
        const parts = grids.map(grid =>
          cut(grid, Math.floor(grid.length / down), Math.floor(grid[0]!.length / across)),
        )
        same('tile', parts, [constant('count', down), constant('count', across)])
      }
    }
    const edge = grids[0]![0]![0]!
    if (grids.every(grid => grid.length > 2 && grid[0]!.length > 2)) {
      same('frame', grids.map(inner), [constant('color', edge)])
    }
    const canStretch = this.#inputs.every((input, i) => isMultiple(grids[i]!, input))
    if (whole === 0 && canStretch) this.#stretch(whole)
    if (this.#depths[whole]! < 2) for (const count of [2, 3]) this.#parts(whole, count)
  }

  /** Where the grids can be cut into so many equal parts: the parts, across and down. */
  #parts(whole: number, count: number): void {
    const { grids } = this.all[whole]!
    for (const op of ['beside', 'below']) {
      const turn = op === 'beside' ? turned : (grid: Grid): Grid => grid
      const all = grids.map(turn)
      if (all.some(grid => grid.length % count !== 0)) continue
      const parts = Array.from({ length: count }, (_, i) =>
        all.map(grid => {
          const height = grid.length / count
          return turn(grid.slice(i * height, (i + 1) * height))
        }),
      ).map(part => this.#goal(part, this.#depths[whole]! + 1))
      this.#way({
        whole,
        parts,
        cost: 2 * (count - 1),
        make: (...terms) => terms.reduce((a, b) => call(op, a, b)),
      })
    }
  }

  /** Where outputs are made of blocks as large as the input, each all background or all the same: which blocks those are. */
  #stretch(whole: number): void {
    const { grids } = this.all[whole]!
    const parts: Grid[] = []
    for (const [i, grid] of grids.entries()) {
      const input = this.#inputs[i]!
      const [height, width] = [input.length, input[0]!.length]
      const blocks = Array.from({ length: grid.length / height }, (_, r) =>
        Array.from({ length: grid[0]!.length / width }, (_, c) =>
          cut(
            grid.slice(r * height).map(line => line.slice(c * width)),
            height,
            width,
          ),
        ),
      )
      if (!blocks.flat().every(block => isEqual(block, input) || block.flat().every(color => color === 0)))
        return
      parts.push(blocks.map(line => line.map(block => (isEqual(block, input) ? 1 : 0))))
    }
    this.#way({ whole, parts: [this.#goal(parts)], cost: 3, make: term => call('stamp', term, INPUT) })
  }

  #way(way: Way): void {
    if (!way.parts.includes(way.whole)) this.#ways.push(way)
  }
}

const isEqual = (a: Grid, b: Grid): boolean =>
  a.length === b.length &&
  a.every((line, row) => line.length === b[row]!.length && line.every((c, i) => c === b[row]![i]))

const isSameSize = (a: readonly Grid[], b: readonly Grid[]): boolean =>
  a.every((grid, i) => grid.length === b[i]!.length && grid[0]!.length === b[i]![0]!.length)

const isMultiple = (grid: Grid, of: Grid): boolean =>
  grid.length % of.length === 0 && grid[0]!.length % of[0]!.length === 0 && grid.length > of.length

const cut = (grid: Grid, height: number, width: number): Grid =>
  height < 1 || width < 1 ? grid : grid.slice(0, height).map(line => line.slice(0, width))

const half = (length: number): number => Math.max(1, length >> 1)
const leftPart = (grid: Grid): Grid => grid.map(line => line.slice(0, half(line.length)))
const rightPart = (grid: Grid): Grid => grid.map(line => line.slice(line.length - half(line.length)))
const topPart = (grid: Grid): Grid => grid.slice(0, half(grid.length))
const bottomPart = (grid: Grid): Grid => grid.slice(grid.length - half(grid.length))
const inner = (grid: Grid): Grid => grid.slice(1, -1).map(line => line.slice(1, -1))

const turned = (grid: Grid): Grid => grid[0]!.map((_, column) => grid.map(line => line[column]!))

const shrunk = (grid: Grid, down: number, across: number): Grid =>
  grid.filter((_, row) => row % down === 0).map(line => line.filter((_, column) => column % across === 0))
