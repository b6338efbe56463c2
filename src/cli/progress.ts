/**
 * What is seen while a program learns: on a terminal one line that is written over, elsewhere a line per improvement,
 * so that logs stay short.
 */

import type { FitEvent } from '../modules/index.ts'
import { type Output, StatusLine } from '../search/index.ts'

const WIDTH = 24

/** Shows the events of one run of `fit`. */
export class Progress {
  readonly #output: Output
  readonly #status: StatusLine
  readonly #limit: number
  #candidates = 0
  #best = 0

  /** `limit` is the number of generations the run may take. */
  constructor(output: Output, limit: number) {
    this.#output = output
    this.#status = new StatusLine(output)
    this.#limit = limit
  }

  show(event: FitEvent): void {
    if (event.type === 'generation') {
      this.#candidates += event.evaluations
      this.#best = Math.max(this.#best, event.best)
      this.#status.show(this.#line(event.generation + 1, event.mean))
    } else if (event.type === 'improved' && !this.#status.isLive) {
      const { generation, reward, operator } = event
      const by = generation === 0 ? 'first generation' : operator
      this.#output.write(
        `  generation ${String(generation + 1).padStart(3)}  best ${percent(reward)}  by ${by}\n`,
      )
    } else if (event.type === 'stopped') {
      this.clear()
    }
  }

  /** Takes the line away. */
  clear(): void {
    this.#status.clear()
  }

  #line(generation: number, mean: number): string {
    const filled = Math.round(WIDTH * this.#best)
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled)
    const count = this.#candidates.toLocaleString('en-US')
    return `  ${bar} best ${percent(this.#best)}  mean ${percent(mean)}  generation ${generation}/${this.#limit}  ${count} candidates`
  }
}

/** A share as a percentage of fixed width: ` 87.3 %`. */
export const percent = (share: number): string =>
  `${(Math.floor(share * 1000) / 10).toFixed(1).padStart(5)} %`
