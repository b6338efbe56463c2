/** Programs as trees: a small typed language, its evaluation and rendering, and evolution that starts from a program. */

export { type Behavior, hashNumbers, type JointBehavior, onProbes } from './behavior.ts'
export { type ChangedPart, changedPart } from './changed-part.ts'
export {
  type CompiledProgram,
  type CompileOptions,
  compile,
  evaluate,
  StepsError,
} from './compile.ts'
export { EvaluationThreads, serveEvaluations, type ThreadReward } from './evaluation-threads.ts'
export {
  Call,
  Constant,
  call,
  Expression,
  type ExpressionFacts,
  type ExpressionInput,
  factsOf,
  Variable,
  variable,
} from './expression.ts'
export { programMutation } from './genes.ts'
export { Language, type LanguageOptions, type StatementKind } from './language.ts'
export { definePrimitive, type PrimitiveDefinition, type Type } from './primitives.ts'
export { Assign, If, Program, Repeat, Statement } from './program.ts'
export {
  type ProgramEvolutionOptions,
  type ProgramEvolutionState,
  programEvolution,
} from './program-evolution.ts'
export { expressionText, toJavaScript } from './render.ts'
export { simplify } from './simplify.ts'
export { cross, mutate } from './vary.ts'
