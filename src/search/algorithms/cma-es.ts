/**
 * CMA-ES (Hansen and Ostermeier, 2001) with restarts in two regimes (BIPOP; Hansen, GECCO 2009), for spaces of numbers:
 * a normal distribution over the unit box learns where to go from the ranks of what was drawn from it. Once in a
 * generation the lowest point of a quadratic model takes the place of a draw (after lq-CMA-ES; Hansen, GECCO 2019).
 * Answers are taken as they come, so nobody waits for a generation to be complete.
 */

import { needInteger } from '../checks.ts'
import { Dna } from '../dna/dna.ts'
import type { DecisionPoint, Gene } from '../dna/dna-spec.ts'
import type { SpaceSpec } from '../dna/space-spec.ts'
import { SpaceError } from '../errors.ts'
import { Rng, type Seed } from '../rng.ts'
import type { Algorithm } from './algorithm.ts'
import { afterAnswer, drawPoint, isAtEnd, type Run, startRun } from './cma-run.ts'
import { usualSize, type Vector } from './cma-strategy.ts'
import { type Pending, pendingOf, withoutPending } from './pending.ts'
import { drawUnseen, NOTHING_SEEN, randomUnseen, type Seen, withSeen } from './seen.ts'
import { geneAt, isNumberPoint, type NumberPoint, partOf } from './unit-scale.ts'

export interface CmaEsOptions {
  /** How wide the distribution is at the start of a run, as a part of the ranges. The first run starts in the middle. */
  readonly sigma?: number
  /** How many trials make a generation of the first run; by default 4 + 3 ln(dimensions). */
  readonly populationSize?: number
  /** Whether the same DNA may be proposed again; by default it is not, and a finite space comes to an end. */
  readonly repeats?: boolean
}

/** A proposal, and the run it was drawn in; an answer that comes after its run is of no use. */
interface PendingPoint extends Pending {
  readonly run: number
  readonly at: Vector
}

export interface CmaEsState {
  readonly seed: Seed
  readonly asked: number
  readonly seen: Seen
  readonly pending: readonly PendingPoint[]
  readonly run: Run
  readonly regime: Regime
  /** How many runs were large, and how many answers the runs of each regime were given. */
  readonly largeRuns: number
  readonly spent: Readonly<Record<Regime, number>>
}

/** Large runs double their size each time; small ones start narrow, with sizes in between. */
type Regime = 'first' | 'large' | 'small'

/**
 * The strongest choice for floats (and integers) from some hundred trials on. Spaces with choices are refused.
 *
 *     new Study(space, cmaEs(), { seed: 1, budget: { trials: 500 } })
 */
export function cmaEs({
  sigma = 0.2,
  populationSize,
  repeats = false,
}: CmaEsOptions = {}): Algorithm<CmaEsState> {
  checkOptions(sigma, populationSize)
  const sizeOf = (points: readonly NumberPoint[]): number => populationSize ?? usualSize(points.length)
  return {
    name: 'cma-es',
    settings: { sigma, populationSize: populationSize ?? null, repeats },
    repeats,

    init(spec, seed) {
      const points = pointsOf(spec)
      const run = startRun(
        1,
        sizeOf(points),
        points.map(() => 0.5),
        sigma,
      )
      const spent = { first: 0, large: 0, small: 0 }
      return { seed, asked: 0, seen: NOTHING_SEEN, pending: [], run, regime: 'first', largeRuns: 0, spent }
    },

    ask(state, spec) {
      const { run } = state
      const asked = state.asked + 1
      const rng = Rng.from(state.seed).split(asked)
      const points = pointsOf(spec)
      const tried: Vector[] = []
      const draw = (): Dna => {
        const isFirst = tried.length === 0
        tried.push((isFirst ? run.lowest : null) ?? drawPoint(run, points, rng))
        return dnaAt(tried.at(-1) as Vector, spec, rng)
      }
      const seen = repeats ? NOTHING_SEEN : state.seen
      const drawn = drawUnseen(seen, draw)
      const dna = drawn ?? randomUnseen(seen, spec, rng)
      if (dna === null) return [null, state]
      const at = drawn === null ? partsOf(dna) : (tried.at(-1) as Vector)
      const next = {
        ...state,
        asked,
        seen: repeats ? seen : withSeen(seen, dna),
        pending: [...state.pending, { genes: dna.genes, run: run.number, at }],
        run: { ...run, lowest: null },
      }
      return [{ dna, parents: [] }, next]
    },

    tell(state, { dna, reward }, spec) {
      const asked = pendingOf(state.pending, dna)
      const next = {
        ...state,
        // One that was enqueued by hand was not proposed; it counts like any other.
        seen: repeats ? state.seen : withSeen(state.seen, dna),
        pending: withoutPending(state.pending, asked),
      }
      if (asked !== undefined && asked.run !== state.run.number) return next
      const run = afterAnswer(state.run, { at: asked?.at ?? partsOf(dna), reward })
      const spent = { ...state.spent, [state.regime]: state.spent[state.regime] + 1 }
      const told = { ...next, run, spent }
      const isBetweenGenerations = run.told.length === 0
      return isBetweenGenerations && isAtEnd(run) ? restarted(told, sizeOf(pointsOf(spec)), sigma) : told
    },
  }
}

/** The next run, somewhere else; of the regime that has had less. */
function restarted(state: CmaEsState, size: number, sigma: number): CmaEsState {
  const { run, spent } = state
  const number = run.number + 1
  const rng = Rng.from(state.seed).split(`run ${number}`)
  const mean = run.normal.mean.map(() => rng.float())
  if (spent.large <= spent.small) {
    const largeRuns = state.largeRuns + 1
    return { ...state, run: startRun(number, size * 2 ** largeRuns, mean, sigma), regime: 'large', largeRuns }
  }
  const between = Math.floor(size * (2 ** state.largeRuns / 2) ** (rng.float() ** 2))
  const narrower = sigma * 10 ** (-2 * rng.float())
  return { ...state, run: startRun(number, between, mean, narrower), regime: 'small' }
}

const isOpenNumber = (point: DecisionPoint): point is NumberPoint => point.isMutable && isNumberPoint(point)

/** The decisions that have something to decide. Throws `SpaceError` unless they are numbers. */
function pointsOf(spec: SpaceSpec): readonly NumberPoint[] {
  const open = spec.points.filter(point => point.isMutable)
  const other = open.find(point => !isNumberPoint(point))
  if (other !== undefined) {
    throw new SpaceError(
      other.id,
      `cmaEs() searches floats and integers alone, and ${other.label} is a decision of kind '${other.kind}'; take tpe()`,
    )
  }
  return open as NumberPoint[]
}

/** The DNA at a point of the unit box. */
function dnaAt(at: Vector, spec: SpaceSpec, rng: Rng): Dna {
  const genes: Gene[] = []
  let i = 0
  spec.decide(
    point => (isOpenNumber(point) ? geneAt(point, at[i++] as number) : point.draw(rng)),
    genes,
    true,
  )
  return new Dna(spec, genes)
}

/** The point of the unit box at which a DNA lies. */
function partsOf({ spec, genes }: Dna): number[] {
  const parts: number[] = []
  spec.eachOpen(genes, 0, (point, at) => {
    if (isOpenNumber(point)) parts.push(partOf(point, genes[at] as Gene))
  })
  return parts
}

function checkOptions(sigma: number, populationSize: number | undefined): void {
  if (!(0 < sigma && sigma <= 1)) {
    throw new SpaceError('', `sigma must be a part of the ranges, above 0 and up to 1, got ${sigma}`)
  }
  needInteger('populationSize', populationSize, 4)
}
