/** The search room: spaces of trees, DNAs, algorithms that are pure, and studies that can be resumed. */

// Algorithms
export type { Algorithm, DnaProposal, Told } from './algorithm.ts'
// Hyper values
export {
  ManyOf,
  type ManyOptions,
  manyOf,
  OneOf,
  oneOf,
  permutate,
  type TupleOf,
} from './choice-hyper.ts'
// DNAs
export { Choices } from './choices.ts'
export { type CmaEsOptions, type CmaEsState, cmaEs } from './cma-es.ts'
export { Custom, type CustomOptions, custom, type Genome, type GenomeKind, registerGenome } from './custom.ts'
export { CustomSpec } from './custom-spec.ts'
export { type Derivation, Derived, derived, registerDerivation, sameAs } from './derived.ts'
export type { StopReason } from './desk.ts'
export { type DecideOptions, Dna, type DnaDecision, type DnaMetadata } from './dna.ts'
export type { DictOptions, DictValue } from './dna-dict.ts'
export { type Decide, DecisionPoint, DnaSpec, type Gene, type Literal } from './dna-spec.ts'
// Errors
export { SpaceError, StudyError } from './errors.ts'
// Studies
export type { Evaluate, OptimizeOptions } from './evaluate.ts'
// Evolution from parts
export { type EvolutionOptions, type EvolutionState, evolution } from './evolution/evolution.ts'
export { mutate, mutateEach, nearMutator, swapMutator } from './evolution/mutate.ts'
export { type Nsga2Options, nsga2 } from './evolution/nsga2.ts'
export {
  type Individual,
  type Operation,
  Operator,
  type OperatorContext,
  operator,
} from './evolution/operator.ts'
export { byFront, byReward, type Ranking } from './evolution/ranking.ts'
export * as recombine from './evolution/recombine.ts'
export type { Scalar, Schedule } from './evolution/schedule.ts'
export * as schedule from './evolution/schedule.ts'
export * as select from './evolution/select.ts'
export { Evolve, evolve, type Mutate, type Mutation, registerMutation } from './evolve.ts'
export { type HillClimbOptions, type HillClimbState, hillClimb } from './hill-climb.ts'
export { HyperValue, type NameOptions } from './hyper.ts'
// Journals
export { type JournalOptions, JournalStorage, readJournal } from './journal.ts'
export { ManyChoices, type ManyRules } from './many-choices.ts'
export { type Mutator, uniformMutator } from './mutators.ts'
export { type FloatOptions, FloatV, floatV, IntV, intV, type Scale } from './number-hyper.ts'
export { FloatSpec, IntSpec } from './number-specs.ts'
// Programs as trees, in a name of their own: they have variables and calls of another kind than modules
export * as programs from './programs/index.ts'
export {
  allPruners,
  anyPruner,
  type Course,
  type MetricOptions,
  type PruneQuestion,
  type Pruner,
  type TrialReport,
} from './pruner.ts'
export {
  gatePruner,
  type HalvingOptions,
  type HyperbandOptions,
  hyperband,
  type MedianPrunerOptions,
  medianPruner,
  rankPruner,
  successiveHalving,
} from './pruners.ts'
export { type RandomSearchOptions, type RandomSearchState, randomSearch } from './random-search.ts'
// Records
export {
  type AgainRecord,
  type AnswerRecord,
  type AskRecord,
  type Direction,
  type EnqueueRecord,
  type NoRewardRecord,
  type RecordTime,
  type ReportRecord,
  type StartRecord,
  type StudyOrder,
  type StudyRecord,
  type TellRecord,
  untimed,
} from './records.ts'
export {
  type RegularizedEvolutionOptions,
  type RegularizedEvolutionState,
  regularizedEvolution,
} from './regularized-evolution.ts'
// Reports
export { type Interrupt, onInterrupt } from './report/interrupt.ts'
export { type Progress, type ProgressOptions, progress } from './report/progress.ts'
export { type ReportOptions, reportHtml } from './report/report.ts'
export { type Output, StatusLine } from './report/status-line.ts'
// Random numbers
export { Rng, type RngState, type Seed } from './rng.ts'
export { drawUnseen, isSeen, NOTHING_SEEN, randomUnseen, type Seen, withSeen } from './seen.ts'
// Spaces
export { type Materialized, Space, type SpaceOptions, space } from './space.ts'
export { SpaceSpec } from './space-spec.ts'
// Storage
export { MemoryStorage, type StudyStorage } from './storage.ts'
export { type BestTrial, Study, type TrialCourse, type TrialsOptions } from './study.ts'
export type { Budget, StudyOptions, StudySetup } from './study-options.ts'
export { type SweepState, sweep } from './sweep.ts'
export type { Where } from './template.ts'
export { type TpeOptions, type TpeState, tpe } from './tpe.ts'
export { type Traced, type TraceTools, trace } from './trace.ts'
export type { AnswerOptions, NoRewardResult, TellOptions, ToldResult, Trial, TrialResult } from './trial.ts'
export { twoOptMutator } from './two-opt.ts'
