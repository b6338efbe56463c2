/**
 * Endings: last steps whose constants are worked out from what is wanted instead of being tried. A palette turns one
 * grid into a goal, a table of pairs two of them; one grid over another, or two chosen between by a third, give a goal
 * that none of them is. What is looked for is what agrees with every cell of every training pair.
 */

import type { Grid } from '../operators/index.ts'
import type { Entry } from './bank.ts'
import type { Goal } from './goals.ts'
import { call, constant, type Term } from './term.ts'

/** A term that reaches a goal, and its cost. */
export interface Ending {
  readonly term: Term
  readonly cost: number
}

/** The entry with its colours changed, if one palette for all pairs gives the goal. */
export function paletteEnding(entry: Entry, { grids }: Goal): Ending | null {
  palette.fill(-1)
  seen.fill(0)
  for (const [i, value] of entry.values.entries()) {
    const wanted = grids[i]!
    for (const [row, line] of (value as Grid).entries()) {
      const target = wanted[row]!
      for (let column = 0; column < line.length; column++) {
        const color = line[column]!
        if (palette[color] === -1) palette[color] = target[column]!
        else if (palette[color] !== target[column]) return null
        seen[color]! |= 1 << i
      }
    }
  }
  const changed = palette.map((to, from) => (to === -1 ? from : to))
  const changes = changed.flatMap((to, from) => (to === from ? [] : [[from, to] as const]))
  // A palette of one color for everything says nothing about the input.
  if (new Set(palette.filter(to => to !== -1)).size === 1 && palette.filter(to => to !== -1).length > 1)
    return null
  const [only, ...others] = changes
  if (only === undefined) return { term: entry.term, cost: entry.cost }
  const term =
    others.length === 0
      ? call('recolor', entry.term, constant('color', only[0]), constant('color', only[1]))
      : call('mapColors', entry.term, constant('table', changed))
  return { term, cost: entry.cost + 2 + changes.reduce((sum, [from]) => sum + priceOf(seen[from]!), 0) }
}

/** What a worked-out change costs, by the pairs that show it: one that a single pair shows may be mere memory. */
const priceOf = (pairs: number): number => ((pairs & (pairs - 1)) === 0 ? 3 : 1)

const seen: number[] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
const palette: number[] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]

/** An entry of the size of a goal, its cells in a row. */
export interface Layer {
  readonly entry: Entry
  readonly cells: Uint8Array
  /** How many cells are as they should be. */
  readonly right: number
}

export function layerOf(entry: Entry, wanted: Uint8Array): Layer {
  const cells = flat(entry.values as readonly Grid[])
  let right = 0
  for (let i = 0; i < cells.length; i++) if (cells[i] === wanted[i]) right++
  return { entry, cells, right }
}

/** The cells wanted in a row, and of which training pair each is. */
export interface Wanted {
  readonly wanted: Uint8Array
  readonly pairAt: Uint8Array
}

export const wantedOf = (outputs: readonly Grid[]): Wanted => ({
  wanted: flat(outputs),
  pairAt: Uint8Array.from(outputs.flatMap((grid, i) => grid.flat().map(() => i))),
})

export const flat = (grids: readonly Grid[]): Uint8Array => Uint8Array.from(grids.flat(2))

/** The cheapest ending that takes two or three layers, if there is one below a cost. */
export function layerEnding(layers: readonly Layer[], goal: Wanted, below: number): Ending | null {
  const { wanted } = goal
  let best: Ending | null = null
  const offer = (ending: Ending | null): void => {
    if (ending !== null && ending.cost < (best?.cost ?? below)) best = ending
  }
  offer(overEnding(layers, wanted, below))
  offer(chooseEnding(layers, wanted, (best as Ending | null)?.cost ?? below))
  offer(tableEnding(layers, goal, (best as Ending | null)?.cost ?? below))
  return best
}

/** One layer over another: all that the upper one has is right, and the lower one is right everywhere else. */
function overEnding(layers: readonly Layer[], wanted: Uint8Array, below: number): Ending | null {
  const uppers = layers
    .filter(({ cells }) => cells.every((color, i) => color === 0 || color === wanted[i]))
    .slice(0, 1000)
  let best: Ending | null = null
  for (const lower of layers.slice(0, 2000)) {
    for (const upper of uppers) {
      const cost = upper.entry.cost + lower.entry.cost + 2
      if (cost >= (best?.cost ?? below)) continue
      const [a, b] = [upper.cells, lower.cells]
      let i = 0
      while (i < wanted.length && (a[i] !== 0 || b[i] === wanted[i])) i++
      if (i === wanted.length) best = { term: call('over', upper.entry.term, lower.entry.term), cost }
    }
  }
  return best
}

/** Two layers chosen between by a third: the first is right where the third has anything, the second elsewhere. */
function chooseEnding(layers: readonly Layer[], wanted: Uint8Array, below: number): Ending | null {
  const good = layers.toSorted((a, b) => b.right - a.right || a.entry.cost - b.entry.cost).slice(0, 40)
  const masks = layers.slice(0, 1500)
  let best: Ending | null = null
  for (const first of good) {
    for (const second of good) {
      if (first === second || first.right + second.right < wanted.length) continue
      const [a, b] = [first.cells, second.cells]
      let i = 0
      while (i < wanted.length && (a[i] === wanted[i] || b[i] === wanted[i])) i++
      if (i < wanted.length) continue
      for (const mask of masks) {
        const cost = mask.entry.cost + first.entry.cost + second.entry.cost + 2
        if (cost >= (best?.cost ?? below)) continue
        const m = mask.cells
        let j = 0
        while (j < wanted.length && (m[j] === 0 ? b[j] === wanted[j] : a[j] === wanted[j])) j++
        if (j < wanted.length) continue
        best = { term: call('choose', mask.entry.term, first.entry.term, second.entry.term), cost }
      }
    }
  }
  return best
}

/** One layer with its colours changed by what stands in another: a table says which pairs become what. */
function tableEnding(layers: readonly Layer[], { wanted, pairAt }: Wanted, below: number): Ending | null {
  const few = layers.slice(0, 600)
  const table = new Int8Array(100)
  const shown = new Uint32Array(100)
  let best: Ending | null = null
  for (const first of few) {
    for (const second of few) {
      const base = first.entry.cost + second.entry.cost + 3
      if (first === second || base >= (best?.cost ?? below)) continue
      const [a, b] = [first.cells, second.cells]
      table.fill(-1)
      shown.fill(0)
      let i = 0
      for (; i < wanted.length; i++) {
        const at = a[i]! * 10 + b[i]!
        if (table[at] === -1) table[at] = wanted[i]!
        else if (table[at] !== wanted[i]) break
        shown[at]! |= 1 << pairAt[i]!
      }
      if (i < wanted.length) continue
      const triples: number[] = []
      let price = 0
      table.forEach((to, at) => {
        if (to === -1 || to === Math.floor(at / 10)) return
        triples.push(Math.floor(at / 10), at % 10, to)
        price += priceOf(shown[at]!) + 1
      })
      const cost = base + price
      if (cost >= (best?.cost ?? below)) continue
      best = { term: call('mapPairs', first.entry.term, second.entry.term, constant('table', triples)), cost }
    }
  }
  return best
}
