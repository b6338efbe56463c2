/**
 * The search for the rule of a task: terms from the cheap to the dear, each held against what is wanted, with endings
 * that are worked out. It sees the training pairs alone, and gives the cheapest term that is right on all of them, or
 * else those that came closest.
 */

import type { Grid } from '../operators/index.ts'
import { Bank, type Entry, hashOf } from './bank.ts'
import { type Layer, layerEnding, layerOf, paletteEnding, wantedOf } from './endings.ts'
import { Goals } from './goals.ts'
import type { Term } from './term.ts'

export interface Pair {
  readonly input: Grid
  readonly output: Grid
}

export interface SearchLimits {
  /** Milliseconds; what is found in them depends on the machine. */
  readonly ms?: number
  /** Terms tried; this repeats exactly. */
  readonly candidates?: number
}

export interface SearchResult {
  /** The cheapest term that is right on all training pairs. */
  readonly term: Term | null
  /** Terms of the right size that have the most cells right, the best first. */
  readonly closest: readonly Term[]
  readonly candidates: number
  readonly isExhausted: boolean
  readonly ms: number
}

const MAX_CLOSEST = 20
/** So many terms of the size of the output are held for endings that take several. */
const MAX_LAYERS = 4000

/** The rule of a task's training pairs. */
export function searchRule(
  pairs: readonly Pair[],
  { ms = Infinity, candidates = Infinity }: SearchLimits,
): SearchResult {
  const started = performance.now()
  const inputs = pairs.map(pair => pair.input)
  const outputs = pairs.map(pair => pair.output)
  const goals = new Goals(inputs, outputs)
  const target = goals.all[0]!
  const bank = new Bank({ inputs, colors: colorsOf(pairs), counts: [2, 3] })
  const wanted = wantedOf(outputs)
  const layers: Layer[] = []
  let known = 0
  let level = 1
  let isExhausted = true

  const end = (): void => {
    if (layers.length === known) return
    known = layers.length
    const ending = layerEnding(layers, wanted, goals.solution?.cost ?? Infinity)
    if (ending !== null) goals.reach(target, ending.term, ending.cost)
  }
  for (const entry of bank.entries()) {
    if (bank.cost !== level) {
      end()
      level = bank.cost
    }
    if (goals.solution !== null && goals.solution.cost <= level) break
    const isLate = bank.tried % 16 === 0 && performance.now() - started > ms * 0.9
    if (bank.tried > candidates || isLate) {
      isExhausted = false
      break
    }
    if (entry === null || entry.type !== 'grid') continue
    for (const goal of goals.likeIn(entry)) {
      if (goal.hash === hashOf('grid', entry.values as readonly Grid[]))
        goals.reach(goal, entry.term, entry.cost)
      const ending = paletteEnding(entry, goal)
      if (ending !== null) goals.reach(goal, ending.term, ending.cost)
      if (goal === target && layers.length < MAX_LAYERS) layers.push(layerOf(entry, wanted.wanted))
    }
  }
  end()
  return {
    term: goals.solution?.term ?? null,
    closest: closestOf(layers),
    candidates: bank.tried,
    isExhausted,
    ms: performance.now() - started,
  }
}

/** The colours of the training pairs, with what their use as a constant costs: less for those in every pair. */
function colorsOf(pairs: readonly Pair[]): Map<number, number> {
  const sets = pairs.map(({ input, output }) => new Set([...input.flat(), ...output.flat()]))
  const all = [...new Set(sets.flatMap(set => [...set]))].sort((a, b) => a - b)
  return new Map(all.map(color => [color, sets.every(set => set.has(color)) ? 1 : 2]))
}

function closestOf(layers: readonly Layer[]): Term[] {
  const order = (a: Layer, b: Layer): number => b.right - a.right || a.entry.cost - b.entry.cost
  return layers
    .toSorted(order)
    .slice(0, MAX_CLOSEST)
    .map(({ entry }: { entry: Entry }) => entry.term)
}
