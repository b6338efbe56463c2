/** The modules room: data that fits schemas, programs made of modules, and training that makes them better. */

// Training, which ends for the reasons that studies end for
export type { StopReason } from '../search/index.ts'
// Data
export { DataError, type DataProblem } from './data-error.ts'
export { DataModel } from './data-model.ts'
export { fit } from './fit.ts'
export type {
  Finalist,
  FitBudget,
  FitEvent,
  FitOptions,
  FitResult,
  Generation,
} from './fit-options.ts'
// Grammar
export {
  Call,
  Constant,
  Expression,
  Grammar,
  type GrammarEvolutionOptions,
  type GrammarOptions,
  type GrammarState,
  GrammarTypeError,
  grammarEvolution,
  Input,
  Item,
  Rule,
} from './grammar/index.ts'
export type { JsonSchema } from './json.ts'
// Programs
export { type CallContext, Module, sampleAt, type Trace, type TraceError } from './module.ts'
// Writing optimizers
export {
  BASE_ID,
  type Evaluation,
  type Keeps,
  type Optimizer,
  type OptimizerContext,
  type Proposal,
  type Step,
} from './optimizer.ts'
export { type PredictOptions, Program } from './program.ts'
// Samples, rewards, scores
export { type ClosenessOptions, eachKey, exactMatch, numericCloseness, type Reward } from './reward.ts'
export { drawBatch, type Sample, type SampleSplit, type SplitWeights, splitSamples } from './samples.ts'
export { type EvaluateOptions, evaluate, type Score } from './score.ts'
export { isScriptSource, type ScriptSource } from './script-source.ts'
export { SCRIPT_SCHEMA, ScriptSynthesis, type ScriptSynthesisInit } from './script-synthesis.ts'
export { Sequential } from './sequential.ts'
export { Variable, type VariableInit, type VariableValue } from './variable.ts'
