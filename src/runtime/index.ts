// The public names of `espalier/runtime`: a sandbox for scripts, what it takes, and what it gives.

// Values and locks
export type { Json } from './json.ts'
export type { Lock } from './launch.ts'
// Options
export {
  type Language,
  MAX_TIMEOUT,
  type RunManyOptions,
  type RunOptions,
  type SandboxOptions,
} from './options.ts'
// Outcomes
export type { Failure, IsolationLevel, Outcome, OutcomeKind, Success } from './outcome.ts'
// Running
export { Sandbox, type ScriptRunner } from './sandbox.ts'
// Syntax trees
export {
  loadSyntax,
  type ParsedScript,
  type ParseOptions,
  type PrintedScript,
  type Syntax,
  type SyntaxFailure,
  type SyntaxFailureKind,
  type SyntaxOptions,
} from './syntax/syntax.ts'
export type { SyntaxComment, SyntaxNode, SyntaxTree } from './syntax/tree.ts'
// Tools
export type { ToolSchema } from './tool-schema.ts'
export type { Tool, ToolCallOptions, ToolFunction, Tools } from './tools.ts'
