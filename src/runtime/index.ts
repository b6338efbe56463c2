// The public names of `espalier/runtime`: a sandbox for scripts, what it takes, and what it gives.

// Values and locks
export type { Json } from './json.ts'
export type { Lock } from './launch.ts'
// Options
export { MAX_TIMEOUT, type RunManyOptions, type RunOptions, type SandboxOptions } from './options.ts'
// Outcomes
export type { Failure, IsolationLevel, Outcome, OutcomeKind, Success } from './outcome.ts'
// Running
export { Sandbox, type ScriptRunner } from './sandbox.ts'
