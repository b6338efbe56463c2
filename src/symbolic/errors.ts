/**
 * What the symbolic room throws. Every error has a `code` to test, the `path` it is about (as text) and, where several
 * problems were found together, all of them as data in `problems`; the sentence is made last.
 */

/** One thing wrong with one place: where, and words that go behind the place. */
export interface Problem {
  readonly path: string
  readonly message: string
  /** Whether the message stands for itself, and goes behind the place and a colon. */
  readonly isSentence?: boolean
  /** The error of a hook or reader that found it. */
  readonly cause?: SymError
}

/** The base of everything this room throws on purpose. */
export class SymError extends Error {
  override readonly name: string = 'SymError'
  readonly code: string = 'sym'
  /** The key path the error is about; '' when it is about the whole tree. */
  readonly path: string
  readonly problems: readonly Problem[]

  constructor(path: string, message: string, options?: { cause?: unknown; problems?: readonly Problem[] }) {
    super(message, options && 'cause' in options ? { cause: options.cause } : undefined)
    this.path = path
    this.problems = options?.problems ?? [{ path, message, isSentence: true }]
  }
}

/** A value that does not fit its field: wrong type, out of range, missing, unknown, or frozen. */
export class FieldError extends SymError {
  override readonly name = 'FieldError'
  override readonly code = 'field'

  /**
   * `on` names the class or container that `problems` are relative to:
   * `FieldError: nn.Model.head.units must be at least 1, got 0`.
   */
  static of(on: string, problems: readonly Problem[], cause?: unknown): FieldError {
    return new FieldError(problems[0]?.path ?? '', sentences(on, problems), { cause, problems })
  }
}

/** The problems as text, each with its place below what `on` names. */
function sentences(on: string, problems: readonly Problem[]): string {
  const lines = problems
    .slice(0, 20)
    .map(({ path, message, isSentence }) => `${place(on, path)}${isSentence ? ':' : ''} ${message}`)
  if (problems.length > lines.length) lines.push(`and ${problems.length - lines.length} more`)
  return lines.length === 1 ? (lines[0] as string) : `${problems.length} problems:\n  ${lines.join('\n  ')}`
}

/** The problems of an error as they are from further up: with `prefix` before their paths. */
export const problemsBelow = (error: SymError, prefix: string): Problem[] =>
  error.problems.map(problem => ({ ...problem, path: place(prefix, problem.path), cause: error }))

/** The error for problems: of the class of the error that found them all, if one did, else a `FieldError`. */
export function errorOf(on: string, problems: readonly Problem[]): SymError {
  const cause = problems[0]?.cause
  const isOne = cause !== undefined && problems.every(each => each.cause?.constructor === cause.constructor)
  const path = problems[0]?.path ?? ''
  if (isOne && isOurs(cause)) {
    const Kind = cause.constructor as typeof SymError
    return new Kind(path, sentences(on, problems), { cause, problems })
  }
  if (isOne && problems.every(each => each.cause === cause)) {
    // A class of the user's may have a constructor of its own: the error itself is told its place.
    const told = problems.map(({ cause: _, ...problem }) => problem)
    return Object.assign(cause, { path, problems: told, message: sentences(on, problems) })
  }
  return FieldError.of(on, problems, cause)
}

/** An error that was thrown for a part of a tree, as it is from the root: with the place of the part. */
export const errorAt = (error: unknown, on: string, path: string): unknown =>
  error instanceof SymError && path !== '' ? errorOf(on, problemsBelow(error, path)) : error

/** A key path that cannot be read, or leads nowhere in this tree. */
export class PathError extends SymError {
  override readonly name = 'PathError'
  override readonly code = 'path'
}

/** A change at or below a sealed place. */
export class SealedError extends SymError {
  override readonly name = 'SealedError'
  override readonly code = 'sealed'

  static at(on: string, path: string): SealedError {
    const fix = path === '' ? 'call unseal()' : `call unseal('${path}')`
    return new SealedError(path, `${place(on, path)} is sealed; ${fix} for a copy that can change`)
  }
}

/** JSON text or data that is not a tree of ours: cut short, of an unknown type, or nested too deeply. */
export class JsonError extends SymError {
  override readonly name = 'JsonError'
  override readonly code = 'json'
}

/** A JSON Patch that does not apply: a bad operation, a pointer that leads nowhere, or a failed `test`. */
export class PatchError extends SymError {
  override readonly name = 'PatchError'
  override readonly code = 'patch'
}

/** An inferred value that cannot be had at its place: nothing around it says what it is. */
export class InferenceError extends SymError {
  override readonly name = 'InferenceError'
  override readonly code = 'inference'

  static of(on: string, problem: Problem): InferenceError {
    return new InferenceError(problem.path, sentences(on, [problem]), { problems: [problem] })
  }
}

/** A class that cannot be declared as written. */
export class DefinitionError extends SymError {
  override readonly name = 'DefinitionError'
  override readonly code = 'definition'
}

/** A class name and a key path, joined as one would type them. */
export function place(on: string, path: string): string {
  if (path === '' || on === '') return on + path
  return path.startsWith('[') ? on + path : `${on}.${path}`
}

/** Whether an error can be made anew with more to say. */
function isOurs(error: SymError): boolean {
  const kinds: readonly unknown[] = [
    SymError,
    FieldError,
    PathError,
    SealedError,
    JsonError,
    PatchError,
    InferenceError,
    DefinitionError,
  ]
  return kinds.includes(error.constructor)
}
