/**
 * Evolution of programs: some islands, each a population that ages (Real et al., AAAI 2019), half of which begin near
 * the user's own program and half at random; children by crossover and mutation of trees, and now and then a parent from
 * the next island. Nothing is proposed twice, neither the same tree nor, where a behavior is given, one that does the
 * same as another.
 */

import type { Algorithm } from '../algorithms/algorithm.ts'
import { type Pending, pendingOf, withoutPending } from '../algorithms/pending.ts'
import { isSeen, NOTHING_SEEN, randomUnseen, type Seen, withSeen } from '../algorithms/seen.ts'
import type { Dna } from '../dna/dna.ts'
import { hasKey, type KeySet, NO_KEYS, withKey } from '../dna/key-set.ts'
import type { SpaceSpec } from '../dna/space-spec.ts'
import { SpaceError } from '../errors.ts'
import { Rng, type Seed } from '../rng.ts'
import { type Behavior, hashText, type JointBehavior } from './behavior.ts'
import { type Breeding, child, founder } from './breed.ts'
import { programsIn, sizeOf } from './genes.ts'
import type { Language } from './language.ts'
import { byLexicase, byTournament, epsilonsOf, type Individual, isBetter } from './parents.ts'

export interface ProgramEvolutionOptions {
  /** What new parts are made of. */
  readonly language: Language
  readonly islands?: number
  /** How many each island has. */
  readonly populationSize?: number
  readonly tournamentSize?: number
  /** The share of children that get a part of a second parent. */
  readonly crossoverRate?: number
  /** The share of parents that come from the next island. */
  readonly migrationRate?: number
  /** How many of the best of an island never age. */
  readonly elites?: number
  /** What programs do; none is proposed that does the same as one before. */
  readonly behavior?: Behavior | JointBehavior
}

export interface ProgramEvolutionState {
  readonly seed: Seed
  readonly asked: number
  /** Oldest first. */
  readonly islands: readonly (readonly Individual[])[]
  /** For lexicase: how far below the best one may be at each case; made anew now and then. */
  readonly epsilons: readonly (readonly number[])[]
  readonly pending: readonly PendingChild[]
  /** The DNAs that were proposed. */
  readonly seen: Seen
  /** What they do. */
  readonly done: KeySet
}

interface PendingChild extends Pending {
  readonly island: number
  readonly does: number
}

/**
 * Evolution of the programs in a space, which `evolve` opens places for. With one objective parents are chosen by
 * tournament, with several (one for each case) by epsilon-lexicase.
 *
 *     const language = new Language({ primitives: ['+', '-', '*', 'min', 'if', '<'] })
 *     const space = Space.of({ rule: evolve(bestFit, programMutation('demo.rules', language)) })
 *     new Study(space, programEvolution({ language }), { seed: 1, budget: { trials: 5000 } })
 */
export function programEvolution(options: ProgramEvolutionOptions): Algorithm<ProgramEvolutionState> {
  const { language, behavior, ...given } = options
  const settings = { ...DEFAULTS, ...given }
  check(settings)
  const { islands, populationSize, tournamentSize, crossoverRate, migrationRate, elites } = settings

  const behaviorOf = (dna: Dna): number => {
    if (behavior === undefined) return dna.key
    const parts = dna.genes.map(String)
    const found = programsIn(dna)
    if ('of' in behavior) for (const { at, program } of found) parts[at] = String(behavior.of(program))
    else {
      for (const { at } of found) parts[at] = ''
      parts.push(String(behavior.ofAll(found.map(({ program }) => program))))
    }
    return hashText(JSON.stringify(parts))
  }

  const breedingOf = (state: ProgramEvolutionState, island: number, spec: SpaceSpec, rng: Rng): Breeding => ({
    spec,
    language,
    rng,
    crossoverRate,
    behaviorOf,
    isSeen: dna => isSeen(state.seen, dna),
    isDone: does => hasKey(state.done, does),
    parent() {
      const at = rng.float() < migrationRate ? (island + 1) % islands : island
      const population = state.islands[at] as readonly Individual[]
      const epsilons = state.epsilons[at] as readonly number[]
      if (population.length === 0) return null
      return epsilons.length > 0
        ? byLexicase(population, epsilons, rng)
        : byTournament(population, tournamentSize, rng)
    },
  })

  return {
    name: 'program-evolution',
    settings: { ...settings, language: language.settings, behavior: behavior?.name ?? null },
    objectives: 'any',

    init: (_spec, seed) => ({
      seed,
      asked: 0,
      islands: Array.from({ length: islands }, () => []),
      epsilons: Array.from({ length: islands }, () => []),
      pending: [],
      seen: NOTHING_SEEN,
      done: NO_KEYS,
    }),

    ask(state, spec) {
      const asked = state.asked + 1
      const rng = Rng.from(state.seed).split(asked)
      const island = (asked - 1) % islands
      const breeding = breedingOf(state, island, spec, rng)
      const isFounding = asked <= islands * populationSize
      // The first is the user's own.
      const bred = asked === 1 ? null : ((isFounding ? null : child(breeding)) ?? founder(breeding))
      const dna = bred?.dna ?? (asked === 1 ? spec.firstDna() : randomUnseen(state.seen, spec, rng))
      if (dna === null) return [null, state]
      const does = bred?.does ?? behaviorOf(dna)
      return [
        { dna, parents: bred?.parents ?? [] },
        {
          ...state,
          asked,
          pending: [...state.pending, { genes: dna.genes, island, does }],
          seen: withSeen(state.seen, dna),
          done: withKey(state.done, does),
        },
      ]
    },

    tell(state, { id, dna, reward, values = [] }) {
      const asked = pendingOf(state.pending, dna)
      const pending = withoutPending(state.pending, asked)
      const does = asked?.does ?? behaviorOf(dna)
      // It may have been enqueued, and not proposed.
      const known = { pending, seen: withSeen(state.seen, dna), done: withKey(state.done, does) }
      if (reward === null) return { ...state, ...known }
      const hasCases = values.length > 1
      const newcomer: Individual = {
        id,
        // Of several cases the mean is what counts where one number is wanted.
        reward: hasCases ? values.reduce((sum, value) => sum + value, 0) / values.length : reward,
        size: sizeOf(dna),
        genes: dna.genes,
        does,
        ...(hasCases ? { cases: values } : {}),
      }
      const at = asked?.island ?? id % islands
      const old = state.islands[at] as readonly Individual[]
      const population = aged([...old, newcomer], populationSize, elites)
      const isStale = hasCases && Math.floor(id / islands) % REFRESH === 0
      return {
        ...state,
        ...known,
        islands: state.islands.with(at, population),
        epsilons: isStale ? state.epsilons.with(at, epsilonsOf(population)) : state.epsilons,
      }
    },
  }
}

const DEFAULTS = {
  islands: 2,
  populationSize: 100,
  tournamentSize: 5,
  crossoverRate: 0.3,
  migrationRate: 0.02,
  elites: 1,
}

/** After how many answers of an island its epsilons are made anew. */
const REFRESH = 25

/** Without the oldest that is not among the best, when there are too many. */
function aged(population: readonly Individual[], most: number, elites: number): readonly Individual[] {
  if (population.length <= most) return population
  const isElite = (one: Individual): boolean => {
    let better = 0
    for (const other of population) if (isBetter(other, one) && ++better >= elites) return false
    return elites > 0
  }
  const oldest = population.findIndex(one => !isElite(one))
  // All may be equally good.
  return population.filter((_, i) => i !== Math.max(0, oldest))
}

function check(settings: Readonly<Record<string, number>>): void {
  const least: Readonly<Record<string, number>> = {
    islands: 1,
    populationSize: 2,
    tournamentSize: 1,
    elites: 0,
  }
  for (const [name, value] of Object.entries(settings)) {
    const isRate = name.endsWith('Rate')
    const isFine = isRate ? 0 <= value && value <= 1 : Number.isInteger(value) && value >= (least[name] ?? 0)
    if (isFine) continue
    const wanted = isRate ? 'from 0 to 1' : `an integer of at least ${least[name]}`
    throw new SpaceError('', `${name} must be ${wanted}, got ${value}`)
  }
  const { elites = 0, populationSize = 0 } = settings
  if (elites >= populationSize) {
    throw new SpaceError('', `elites must be fewer than the population of ${populationSize}, got ${elites}`)
  }
}
