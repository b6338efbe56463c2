/** The search room: spaces of trees, DNAs, algorithms that are pure, and studies that can be resumed. */

// Algorithms
export type { Algorithm, DnaProposal, Told } from './algorithm.ts'
// DNAs
export { Choices } from './choices.ts'
export { type Decision, Dna } from './dna.ts'
export type { DictOptions } from './dna-dict.ts'
export { DecisionPoint, DnaSpec, type Gene, type Literal } from './dna-spec.ts'
// Errors
export { SpaceError, StudyError } from './errors.ts'
// Studies
export type { Evaluate, OptimizeOptions } from './evaluate.ts'
// Hyper values
export {
  type FloatOptions,
  FloatV,
  floatV,
  HyperValue,
  IntV,
  intV,
  type NameOptions,
  OneOf,
  oneOf,
  type Scale,
} from './hyper.ts'
export { type Mutator, uniformMutator } from './mutators.ts'
export { FloatSpec, IntSpec } from './number-specs.ts'
export { type RandomSearchOptions, type RandomSearchState, randomSearch } from './random-search.ts'
export {
  type RegularizedEvolutionOptions,
  type RegularizedEvolutionState,
  regularizedEvolution,
} from './regularized-evolution.ts'
// Random numbers
export { Rng, type RngState, type Seed } from './rng.ts'
export { drawUnseen, isSeen, NOTHING_SEEN, randomUnseen, type Seen, withSeen } from './seen.ts'
// Spaces
export { type Materialized, Space, space } from './space.ts'
export { SpaceSpec } from './space-spec.ts'
// Storage
export {
  type AgainRecord,
  type AnswerRecord,
  type AskRecord,
  type Direction,
  MemoryStorage,
  type NoRewardRecord,
  type StartRecord,
  type StudyRecord,
  type StudyStorage,
  type TellRecord,
} from './storage.ts'
export { type BestTrial, type StopReason, Study } from './study.ts'
export type { Budget, StudyOptions } from './study-options.ts'
export type { NoRewardResult, TellOptions, ToldResult, Trial, TrialResult } from './trial.ts'
