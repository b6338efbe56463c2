/** Optimizers: ways to find better programs, all of them pure, seeded, and from path to value. */

// Examples
export {
  type BootstrapFewShotOptions,
  type BootstrapFewShotState,
  bootstrapFewShot,
  type Taught,
} from './bootstrap-few-shot.ts'
// Novelty
export { dominatedNovelty } from './dominated-novelty.ts'
export { editDistance } from './edit-distance.ts'
// Language models that write
export { type GepaOptions, gepa } from './gepa.ts'
export type { GepaState } from './gepa-state.ts'
export { type OmegaOptions, type OmegaState, omega } from './omega.ts'
export { type RandomFewShotOptions, type RandomFewShotState, randomFewShot } from './random-few-shot.ts'
export type { Feedback, Reflection, Reflector, Rejected, SeenRun } from './reflection.ts'
// Scripts, and hyper values
export {
  type ScriptIndividual,
  type ScriptMutationOptions,
  type ScriptMutationState,
  scriptMutation,
} from './script-mutation.ts'
export {
  type SearchOptimizerOptions,
  type SearchOptimizerState,
  searchOptimizer,
} from './search-optimizer.ts'
