// What every conformance suite is: named cases, each a function that throws when the engine at hand breaks the contract.
// They know no test framework, so mocha, node:test, vitest and a plain loop can all run them.

/** One promise of a contract. */
export interface ConformanceCase {
  /** The part of the contract it belongs to. */
  readonly topic: string
  /** What is promised, as the rest of a sentence: `counts falsy results as results`. */
  readonly name: string
  /** Resolves when the promise is kept; rejects with an `AssertionError` when it is not. */
  run(): Promise<void>
}

/** The cases of one contract. */
export interface ConformanceSuite {
  readonly cases: readonly ConformanceCase[]
  /** Ends what the cases have shared; call it after the last. */
  close(): Promise<void>
}
