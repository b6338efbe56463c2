/**
 * Scores candidates, each once: equal programs on the same samples have the same score, so it is kept. What was
 * the fault of the machinery is not kept, and may go another way the next time. Candidates run side by side; the
 * answers come in the order asked.
 */

import type { ScriptRunner } from '../runtime/index.ts'
import { mapLimited } from './map-limited.ts'
import type { Program } from './program.ts'
import type { Reward } from './reward.ts'
import type { Sample } from './samples.ts'
import { isInfrastructure, type Run, runSamples, type Score, scoreOf } from './score.ts'

export interface ScorerOptions {
  readonly reward: Reward
  readonly runner: ScriptRunner
  readonly concurrency: number
}

export interface ScoreOptions {
  /** Cuts off what is under way. */
  readonly signal?: AbortSignal | undefined
  /** Asked before each candidate; after a yes none is begun. */
  readonly isOver?: () => boolean
}

/** Scores kept for one array of samples; when there are more, they are forgotten and made anew. */
const KEPT = 50_000

export class Scorer {
  readonly #options: ScorerOptions
  /** By identity of the array of samples: one generation's batch is one array. */
  readonly #kept = new WeakMap<readonly Sample[], Kept>()
  #runs = 0

  constructor(options: ScorerOptions) {
    this.#options = options
  }

  /** How many programs were run; the others were known. */
  get runs(): number {
    return this.#runs
  }

  /**
   * The scores of programs on samples, in their order; undefined for those that were cut off or not begun.
   */
  async scoreAll(
    programs: readonly Program[],
    samples: readonly Sample[],
    { signal, isOver = () => false }: ScoreOptions = {},
  ): Promise<(Score | undefined)[]> {
    const kept = this.#keptFor(samples)
    const groups = new Groups()
    const places = programs.map(program => groups.place(program))
    const scores = await mapLimited(groups.programs, this.#options.concurrency, async program => {
      const known = kept.get(program)
      if (known !== undefined) return known
      if (isOver() || signal?.aborted) return undefined
      return this.#score(program, samples, kept, signal)
    })
    return places.map(place => scores[place])
  }

  /** The score of one program. Throws when it cannot be run at all: a missing runner is no bad program. */
  async scoreBase(program: Program, samples: readonly Sample[]): Promise<Score> {
    const { runner, reward } = this.#options
    const run = await runSamples(program, samples, { runner })
    const errors = [...run.errors.values()]
    const [first] = errors
    const isBroken = errors.every(({ kind }) => kind === 'threw' || isInfrastructure({ kind }))
    if (first !== undefined && errors.length === samples.length && isBroken) {
      throw new Error(`the program cannot be run: ${first.message}`)
    }
    const score = await scoreOf(run, samples, reward)
    this.#keptFor(samples).set(program, score)
    return score
  }

  /** The score of one program, whatever it takes. */
  async score(program: Program, samples: readonly Sample[]): Promise<Score> {
    const [score] = await this.scoreAll([program], samples)
    return score as Score
  }

  async #score(
    program: Program,
    samples: readonly Sample[],
    kept: Kept,
    signal: AbortSignal | undefined,
  ): Promise<Score | undefined> {
    const { runner, reward } = this.#options
    this.#runs++
    const run = await runSamples(program, samples, { runner, signal })
    if (signal?.aborted && wasCutOff(run)) return undefined
    const score = await scoreOf(run, samples, reward)
    if (![...run.errors.values()].some(isInfrastructure)) kept.set(program, score)
    return score
  }

  #keptFor(samples: readonly Sample[]): Kept {
    let kept = this.#kept.get(samples)
    if (kept === undefined) this.#kept.set(samples, (kept = new Kept()))
    return kept
  }
}

const wasCutOff = (run: Run): boolean => [...run.errors.values()].some(error => error.kind === 'cancelled')

/** Scores by content of the program: the hash finds the place, and equality decides. */
class Kept {
  readonly #scores = new Map<number, (readonly [Program, Score])[]>()
  #size = 0

  get(program: Program): Score | undefined {
    return this.#scores.get(program.hash())?.find(([known]) => known.equals(program))?.[1]
  }

  set(program: Program, score: Score): void {
    if (++this.#size > KEPT) {
      this.#scores.clear()
      this.#size = 1
    }
    const hash = program.hash()
    const others = this.#scores.get(hash)
    if (others === undefined) this.#scores.set(hash, [[program.detached(), score]])
    else others.push([program.detached(), score])
  }
}

/** Programs with equal ones among them joined. */
class Groups {
  readonly programs: Program[] = []
  readonly #places = new Map<number, number[]>()

  /** Where the program, or one equal to it, stands among the programs. */
  place(program: Program): number {
    const places = this.#places.get(program.hash()) ?? []
    const known = places.find(place => this.programs[place]?.equals(program))
    if (known !== undefined) return known
    this.#places.set(program.hash(), [...places, this.programs.length])
    return this.programs.push(program) - 1
  }
}
