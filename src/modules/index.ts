/** The modules room: data that fits schemas, programs made of modules, and training that makes them better. */

// Training, which ends for the reasons that studies end for
export type { StopReason } from '../search/index.ts'
// Data
export {
  ARC_INPUT_SCHEMA,
  ARC_OUTPUT_SCHEMA,
  type ArcGrid,
  type ArcOptions,
  type ArcPair,
  type ArcSample,
  type ArcTask,
  arcSamples,
  readArcTask,
} from './data/arc.ts'
export type { CsvOptions } from './data/csv.ts'
export { type CsvSampleOptions, csvSamples, type JsonlOptions, jsonlSamples } from './data/files.ts'
export type { Side } from './data/rows.ts'
export { SampleSource, type SourceSplit, samplesOf } from './data/sample-source.ts'
export { SourceError } from './data/source-error.ts'
export { DataError, type DataProblem } from './data-error.ts'
export { DataModel } from './data-model.ts'
export { type Cost, type Estimate, estimate } from './estimate.ts'
export { fit } from './fit.ts'
export type {
  Finalist,
  FitBudget,
  FitEvent,
  FitOptions,
  FitResult,
  Generation,
  Limit,
  MetricFigures,
} from './fit-options.ts'
// Functions and graphs
export { Graph, type GraphInit, GraphStep, type GraphStepInit } from './flow/graph.ts'
export { Identity } from './flow/identity.ts'
export { Lambda, type LambdaContext, type LambdaFunction, type LambdaOptions, lambda } from './flow/lambda.ts'
export { InMask, type MaskInit, OutMask } from './flow/mask.ts'
export { And, Concat, Merge, type MergeInit, Not, Or, Xor } from './flow/merge.ts'
export { Tool, type ToolContext, type ToolExecute, type ToolOptions, tool } from './flow/tool.ts'
// Grammar
export {
  Call,
  Constant,
  definePack,
  Expression,
  Grammar,
  type GrammarEvolutionOptions,
  type GrammarOptions,
  type GrammarState,
  GrammarTypeError,
  grammarEvolution,
  Input,
  Item,
  type Pack,
  type PackDefinition,
  PackError,
  type PackOperator,
  type PackType,
  Rule,
} from './grammar/index.ts'
export type { JsonSchema } from './json.ts'
// Judging
export { type JudgedPart, type JudgeOptions, judgedBy, type LmJudgeOptions, lmJudge } from './judge.ts'
export {
  type GivenReward,
  JudgeError,
  type JudgeFailure,
  type Judgement,
  judgementOf,
  type RewardContext,
} from './judgement.ts'
// Language models
export {
  type AiSdkModel,
  type AiSdkOptions,
  type AskOptions,
  addUsage,
  askFor,
  Branch,
  type BranchInit,
  type BudgetedModel,
  type BudgetOptions,
  budgeted,
  type CacheOptions,
  type CallRecord,
  ChainOfThought,
  type ChainOfThoughtInit,
  type CheckedReply,
  cached,
  Decision,
  type DecisionInit,
  delimited,
  type Environment,
  EXAMPLES_SCHEMA,
  type Example,
  type FinishReason,
  fromAiSdk,
  Generator,
  type GeneratorInit,
  type GivenReply,
  INSTRUCTIONS_SCHEMA,
  type LanguageCall,
  type LanguageErrorOptions,
  type LanguageFailure,
  type LanguageFunction,
  type LanguageModel,
  LanguageModelError,
  type LanguageModelLike,
  type LanguageModelOption,
  type LanguageModels,
  LanguageModule,
  type LanguageModuleInit,
  type LanguageReply,
  type LanguageRequest,
  type LimitOptions,
  languageModel,
  languageModelsOf,
  limited,
  type Message,
  modelFromEnvironment,
  modelNamed,
  type OpenAiCompatibleOptions,
  openAiCompatible,
  type Price,
  type Recorder,
  type RepairOptions,
  type RetryOptions,
  recording,
  repairing,
  replaying,
  retrying,
  type Spent,
  type Usage,
} from './language/index.ts'
// Metrics
// The ledger of training
export { type LedgerReport, readLedger } from './ledger/audit.ts'
export { LedgerError } from './ledger/ledger-error.ts'
export {
  type EndRecord,
  type GenerationRecord,
  type LedgerRecord,
  type ScoredRecord,
  type StartRecord as FitRecord,
  type Took,
  untook,
} from './ledger/records.ts'
export { FileLedger, type LedgerStorage, MemoryLedger } from './ledger/storage.ts'
export { measure } from './measure.ts'
export {
  accuracy,
  type Figures,
  f1,
  failureRate,
  figuresOf,
  type LabelOptions,
  type Metric,
  mean,
  type Observation,
  passAtK,
  precision,
  recall,
} from './metric.ts'
// Programs
export { type CallContext, Module, sampleAt, type Trace, type TraceError } from './module.ts'
// Operators on data
export {
  and,
  concat,
  containsSchema,
  factorize,
  inMask,
  not,
  or,
  outMask,
  prefix,
  suffix,
  xor,
} from './operators/functions.ts'
export type { Fold } from './operators/keys.ts'
export type { Mask, MaskOptions } from './operators/mask.ts'
// Writing optimizers
export {
  type Answer,
  BASE_ID,
  type Evaluation,
  type Keeps,
  type Optimizer,
  type OptimizerContext,
  type Proposal,
  type Question,
  type RecordedTrace,
  type SampleRecord,
  type Step,
} from './optimizer.ts'
// Optimizers
export {
  type BootstrapFewShotOptions,
  type BootstrapFewShotState,
  bootstrapFewShot,
  dominatedNovelty,
  editDistance,
  type Feedback,
  type GepaOptions,
  type GepaState,
  gepa,
  type OmegaOptions,
  type OmegaState,
  omega,
  type RandomFewShotOptions,
  type RandomFewShotState,
  type Reflection,
  type Reflector,
  type Rejected,
  randomFewShot,
  type ScriptIndividual,
  type ScriptMutationOptions,
  type ScriptMutationState,
  type SearchOptimizerOptions,
  type SearchOptimizerState,
  type SeenRun,
  scriptMutation,
  searchOptimizer,
  type Taught,
} from './optimizers/index.ts'
export { type ProgramHtmlOptions, programHtml } from './picture/html.ts'
export { programSvg } from './picture/svg.ts'
export { PredictError, type PredictOptions, Program } from './program.ts'
// Scripts
export { PythonSynthesis } from './python-synthesis.ts'
// Samples, rewards, scores
export {
  type ClosenessOptions,
  type CosineOptions,
  cosineSimilarity,
  type Embed,
  eachKey,
  exactMatch,
  FAILURE_REWARD,
  type JoinedReward,
  masked,
  numericCloseness,
  type PlainReward,
  type Reward,
  type RewardMask,
  tokenF1,
  weighted,
} from './reward.ts'
export { drawBatch, type Sample, type SampleSplit, type SplitWeights, splitSamples } from './samples.ts'
export { type PolyglotRunner, Sandboxes, type SandboxesOptions } from './sandboxes.ts'
export type { SchemaSource, ValueOfSchema, ValueOfSource } from './schema-types.ts'
export { type EvaluateOptions, evaluate, type Score } from './score.ts'
export { SCRIPT_SCHEMA, ScriptModule, type ScriptModuleInit } from './script-module.ts'
export { isScriptSource, type ScriptSource } from './script-source.ts'
export { ScriptSynthesis, type ScriptSynthesisInit } from './script-synthesis.ts'
export { Sequential } from './sequential.ts'
export type { Prices } from './spending.ts'
export type { ProgramState, WithStateOptions } from './state.ts'
export {
  empty,
  type GivenSchema,
  type Initializer,
  Variable,
  type VariableInit,
  type VariableValue,
} from './variable.ts'
