/**
 * The loops that `study.trials` gives. Loops of one group share their trials: each gets the same one, does its part, and
 * waits for the one among them that answers it.
 */

import { StudyError } from '../errors.ts'
import type { Trial } from './trial.ts'

/** A loop over what `next` gives, which insists that each trial is answered. */
export function loopOver<Value>(
  next: () => Promise<Trial<Value> | null>,
): AsyncIterableIterator<Trial<Value>> {
  let current: Trial<Value> | null = null
  return iterator(
    async () => {
      refuseUnanswered(current)
      current = await next()
      return current
    },
    () => refuseUnanswered(current),
  )
}

/** Loops that share their trials. */
export class Group<Value> {
  readonly #next: () => Promise<Trial<Value> | null>
  #current: Trial<Value> | null = null
  #asking: Promise<Trial<Value> | null> | null = null
  #loops = 0
  #waiting: (() => void)[] = []

  constructor(next: () => Promise<Trial<Value> | null>) {
    this.#next = next
  }

  /** Whether all its loops have ended. */
  get isEmpty(): boolean {
    return this.#loops === 0
  }

  loop(): AsyncIterableIterator<Trial<Value>> {
    let current: Trial<Value> | null = null
    let isIn = true
    this.#loops++
    const leave = (): void => {
      if (isIn) this.#loops--
      isIn = false
      // Who waits for this one must look again whether there is another to wait for.
      this.settled()
      if (this.isEmpty) refuseUnanswered(current)
    }
    const next = async (): Promise<Trial<Value> | null> => {
      while (current?.state === 'open') await this.#wait(current)
      return this.#trial()
    }
    return iterator(async () => {
      current = await next().catch(error => {
        leave()
        throw error
      })
      if (current === null) leave()
      return current
    }, leave)
  }

  /** To be called when trials are answered or given up. */
  settled(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }

  /** Waits for another loop to answer; there must be one that still can. */
  async #wait(trial: Trial<Value>): Promise<void> {
    if (this.#waiting.length + 1 >= this.#loops) refuseUnanswered(trial)
    await new Promise<void>(resolve => this.#waiting.push(resolve))
  }

  /** The trial that the others have, or the next one, for which one of the loops asks for all. */
  async #trial(): Promise<Trial<Value> | null> {
    if (this.#current?.state === 'open') return this.#current
    this.#asking ??= this.#next().finally(() => {
      this.#asking = null
    })
    const trial = await this.#asking
    this.#current = trial
    // Another loop may have answered it while this one was waking up.
    return trial === null || trial.state === 'open' ? trial : this.#trial()
  }
}

export function refuseUnanswered(trial: Trial<never> | Trial<unknown> | null): void {
  if (trial?.state !== 'open' && trial?.state !== 'abandoned') return
  trial.state = 'abandoned'
  const { id } = trial
  throw new StudyError(
    `trial ${id}`,
    `trial ${id} was left without an answer: call its tell(reward), skip(reason) or fail(error); study.pending has it`,
  )
}

function iterator<Item>(next: () => Promise<Item | null>, end: () => void): AsyncIterableIterator<Item> {
  const self: AsyncIterableIterator<Item> = {
    next: async () => {
      const value = await next()
      return value === null ? { done: true, value: undefined } : { done: false, value }
    },
    return: async () => {
      end()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]: () => self,
  }
  return self
}
