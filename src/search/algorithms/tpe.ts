/**
 * A tree-structured Parzen estimator (Bergstra, Bardenet, Bengio and Kégl, NeurIPS 2011; the joint model after Falkner,
 * Klein and Hutter, ICML 2018, arXiv 1807.01774): the DNAs that did well have one density, all others another, and what
 * is proposed is likely under the first and unlikely under the second. Densities follow the tree (`tree-density.ts`),
 * and every branch keeps its best among those that did well, so that none is given up before its inside is tuned.
 */

import { needInteger } from '../checks.ts'
import { Choices } from '../dna/choices.ts'
import { DnaRows } from '../dna/dna-rows.ts'
import type { Gene } from '../dna/dna-spec.ts'
import type { SpaceSpec } from '../dna/space-spec.ts'
import { Rng, type Seed } from '../rng.ts'
import type { Algorithm, DnaProposal } from './algorithm.ts'
import { type Pending, pendingOf, withoutPending } from './pending.ts'
import { isSeen, NOTHING_SEEN, randomUnseen, type Seen, withSeen } from './seen.ts'
import { TreeDensity } from './tree-density.ts'

export interface TpeOptions {
  /** How many trials must have a reward before the model is used; until then DNAs are drawn at random. */
  readonly startup?: number
  /** How many DNAs are drawn for each proposal; the one whose densities differ most is proposed. */
  readonly candidates?: number
  /** How many trials are remembered; of more, the oldest of those that did not do well is forgotten. */
  readonly memory?: number
  /** Whether the same DNA may be proposed again; by default it is not, and a finite space comes to an end. */
  readonly repeats?: boolean
}

/** A trial that is remembered. */
interface Known {
  readonly id: number
  readonly reward: number | null
  readonly genes: readonly Gene[]
}

export interface TpeState {
  readonly seed: Seed
  readonly asked: number
  readonly seen: Seen
  /** Best first, those without a reward last. */
  readonly trials: readonly Known[]
  readonly pending: readonly Pending[]
}

/**
 * The strongest choice for few, costly trials, and for spaces with conditions.
 *
 *     new Study(space, tpe(), { seed: 1, budget: { trials: 200 } })
 */
export function tpe({
  startup = 10,
  candidates = 48,
  memory = 1000,
  repeats = false,
}: TpeOptions = {}): Algorithm<TpeState> {
  needInteger('startup', startup, 2)
  needInteger('candidates', candidates, 1)
  needInteger('memory', memory, Math.max(20, startup))
  return {
    name: 'tpe',
    settings: { startup, candidates, memory, repeats },
    repeats,

    init: (_spec, seed) => ({ seed, asked: 0, seen: NOTHING_SEEN, trials: [], pending: [] }),

    ask(state, spec) {
      const asked = state.asked + 1
      const rng = Rng.from(state.seed).split(asked)
      const seen = repeats ? NOTHING_SEEN : state.seen
      const isModelled = startup <= rewarded(state.trials)
      const proposal =
        (isModelled ? modelled(state, seen, candidates, spec, rng) : null) ?? fresh(seen, spec, rng)
      if (proposal === null) return [null, state]
      const { dna } = proposal
      const pending = [...state.pending, { genes: dna.genes }]
      return [proposal, { ...state, asked, pending, seen: repeats ? seen : withSeen(seen, dna) }]
    },

    tell(state, { id, dna, reward }, spec) {
      const trials = inserted(state.trials, { id, reward, genes: dna.genes })
      return {
        ...state,
        trials: trials.length <= memory ? trials : forgetting(trials, DnaRows.of(spec)),
        pending: withoutPending(state.pending, pendingOf(state.pending, dna)),
        // One that was enqueued by hand was not proposed, and need not be.
        seen: repeats ? state.seen : withSeen(state.seen, dna),
      }
    },
  }
}

/** The best of some draws from the density of the good ones that were not seen; null when all were. */
function modelled(
  { trials, pending }: TpeState,
  seen: Seen,
  candidates: number,
  spec: SpaceSpec,
  rng: Rng,
): DnaProposal | null {
  const rows = DnaRows.of(spec)
  const densityOf = (list: readonly Pending[]) =>
    new TreeDensity(
      rows,
      list.map(({ genes }) => rows.rowOf(genes)),
    )
  const good = goodOf(trials, rows)
  const likely = densityOf(good)
  // What is being evaluated counts as bad, or it would be proposed again nearby (a constant liar).
  const unlikely = densityOf([...allBut(good, trials), ...pending])
  const others = good.length - countOfBest(trials)
  const about = others > 0 && rng.float() < BRANCH_SHARE ? good.length - 1 - rng.int(others) : null
  const draw = () => (about === null ? likely.draw(rng) : { dna: likely.drawNear(about, rng), kernel: about })
  let best: DnaProposal | null = null
  let bestScore = Number.NEGATIVE_INFINITY
  for (let i = 0; i < candidates; i++) {
    const { dna, kernel } = draw()
    if (isSeen(seen, dna)) continue
    const row = rows.rowOf(dna.genes)
    const score = likely.logAt(row) - unlikely.logAt(row)
    if (score <= bestScore) continue
    bestScore = score
    best = { dna, parents: kernel === null ? [] : [(good[kernel] as Known).id] }
  }
  return best
}

/**
 * The share of proposals that are drawn about the best of a branch that is not among the best of all. Without it a
 * branch with one trial may never get another: many kernels together outweigh it.
 */
const BRANCH_SHARE = 0.1

function fresh(seen: Seen, spec: SpaceSpec, rng: Rng): DnaProposal | null {
  const dna = randomUnseen(seen, spec, rng)
  return dna === null ? null : { dna, parents: [] }
}

/**
 * The trials that did well, best first: the square root of how many have a reward; and as many again, so that each
 * candidate that opens decisions of its own has its best trial among them.
 */
function goodOf(trials: readonly Known[], rows: DnaRows): readonly Known[] {
  const count = rewarded(trials)
  const best = countOfBest(trials)
  const good: Known[] = []
  const branches = new Set<string>()
  for (let i = 0; i < count && good.length < 2 * best; i++) {
    const trial = trials[i] as Known
    const before = branches.size
    for (const branch of branchesOf(trial, rows)) branches.add(branch)
    if (i < best || before < branches.size) good.push(trial)
  }
  return good
}

const countOfBest = (trials: readonly Known[]): number => Math.ceil(Math.sqrt(rewarded(trials)))

function allBut(some: readonly Known[], trials: readonly Known[]): Known[] {
  const without = new Set(some)
  return trials.filter(trial => !without.has(trial))
}

function branchesOf({ genes }: Known, rows: DnaRows): string[] {
  const { open, values } = rows.rowOf(genes)
  const branches: string[] = []
  open.forEach((index, i) => {
    const point = rows.points[index]
    const opens = point instanceof Choices && point.candidates.some(({ points }) => points.length > 0)
    if (opens) branches.push(`${index}/${values[i]}`)
  })
  return branches
}

/** How many have a reward: those at the front. */
function rewarded(trials: readonly Known[]): number {
  let count = trials.length
  while (count > 0 && trials[count - 1]?.reward === null) count--
  return count
}

/** With one more, behind all that are as good. */
function inserted(trials: readonly Known[], trial: Known): Known[] {
  const worth = ({ reward }: Known): number => reward ?? Number.NEGATIVE_INFINITY
  let at = trials.length
  while (at > 0 && worth(trials[at - 1] as Known) < worth(trial)) at--
  return [...trials.slice(0, at), trial, ...trials.slice(at)]
}

/** Without the oldest of those that did not do well. */
function forgetting(trials: readonly Known[], rows: DnaRows): readonly Known[] {
  const others = allBut(goodOf(trials, rows), trials)
  const oldest = others.reduce((old, trial) => (trial.id < old.id ? trial : old))
  return trials.filter(trial => trial !== oldest)
}
