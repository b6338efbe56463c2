/** The search room: spaces of trees, DNAs, algorithms that are pure, and studies that can be resumed. */

// Algorithms
export type { Algorithm, DnaProposal, Told } from './algorithms/algorithm.ts'
export { type CmaEsOptions, type CmaEsState, cmaEs } from './algorithms/cma-es.ts'
export { type HillClimbOptions, type HillClimbState, hillClimb } from './algorithms/hill-climb.ts'
export { type Mutator, uniformMutator } from './algorithms/mutators.ts'
export { type RandomSearchOptions, type RandomSearchState, randomSearch } from './algorithms/random-search.ts'
export {
  type RegularizedEvolutionOptions,
  type RegularizedEvolutionState,
  regularizedEvolution,
} from './algorithms/regularized-evolution.ts'
export { drawUnseen, isSeen, NOTHING_SEEN, randomUnseen, type Seen, withSeen } from './algorithms/seen.ts'
export { type SweepState, sweep } from './algorithms/sweep.ts'
export { type TpeOptions, type TpeState, tpe } from './algorithms/tpe.ts'
export { twoOptMutator } from './algorithms/two-opt.ts'
// DNAs
export { Choices } from './dna/choices.ts'
export { CustomSpec } from './dna/custom-spec.ts'
export { type DecideOptions, Dna, type DnaDecision, type DnaMetadata } from './dna/dna.ts'
export type { DictOptions, DictValue } from './dna/dna-dict.ts'
export { type Decide, DecisionPoint, DnaSpec, type Gene, type Literal } from './dna/dna-spec.ts'
export { ManyChoices, type ManyRules } from './dna/many-choices.ts'
export { FloatSpec, IntSpec } from './dna/number-specs.ts'
export { SpaceSpec } from './dna/space-spec.ts'
// Errors
export { SpaceError, StudyError } from './errors.ts'
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
// Hyper values
export {
  ManyOf,
  type ManyOptions,
  manyOf,
  OneOf,
  oneOf,
  permutate,
  type TupleOf,
} from './hyper/choice-hyper.ts'
export {
  Custom,
  type CustomOptions,
  custom,
  type Genome,
  type GenomeKind,
  registerGenome,
} from './hyper/custom.ts'
export { type Derivation, Derived, derived, registerDerivation, sameAs } from './hyper/derived.ts'
export { Evolve, evolve, type Mutate, type Mutation, registerMutation } from './hyper/evolve.ts'
export { HyperValue, type NameOptions } from './hyper/hyper.ts'
export { type FloatOptions, FloatV, floatV, IntV, intV, type Scale } from './hyper/number-hyper.ts'
export { type Traced, type TraceTools, trace } from './hyper/trace.ts'
// Programs as trees, in a name of their own: they have variables and calls of another kind than modules
export * as programs from './programs/index.ts'
// Reports
export { type Interrupt, onInterrupt } from './report/interrupt.ts'
export { type Progress, type ProgressOptions, progress } from './report/progress.ts'
export { type ReportOptions, reportHtml } from './report/report.ts'
export { type Output, StatusLine } from './report/status-line.ts'
// Random numbers
export { Rng, type RngState, type Seed } from './rng.ts'
// Spaces
export { type Materialized, Space, type SpaceOptions, space } from './space/space.ts'
export type { Where } from './space/template.ts'
// Studies, their records and where they are kept
export type { StopReason } from './study/desk.ts'
export type { Evaluate, OptimizeOptions } from './study/evaluate.ts'
export { type JournalOptions, JournalStorage, readJournal } from './study/journal.ts'
export {
  allPruners,
  anyPruner,
  type Course,
  type MetricOptions,
  type PruneQuestion,
  type Pruner,
  type TrialReport,
} from './study/pruner.ts'
export {
  gatePruner,
  type HalvingOptions,
  type HyperbandOptions,
  hyperband,
  type MedianPrunerOptions,
  medianPruner,
  rankPruner,
  successiveHalving,
} from './study/pruners.ts'
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
} from './study/records.ts'
export { MemoryStorage, type StudyStorage } from './study/storage.ts'
export { type BestTrial, Study, type TrialCourse, type TrialsOptions } from './study/study.ts'
export type { Budget, StudyOptions, StudySetup } from './study/study-options.ts'
export type {
  AnswerOptions,
  NoRewardResult,
  TellOptions,
  ToldResult,
  Trial,
  TrialResult,
} from './study/trial.ts'
