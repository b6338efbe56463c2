/** The symbolic room: immutable trees with typed fields, key paths, versions that share, and JSON that lasts. */

export { register, registeredTypes } from './class-spec.ts'
export type { PatchOperation } from './diff.ts'
export type { Draft } from './draft-types.ts'
// Errors
export {
  DefinitionError,
  FieldError,
  JsonError,
  PatchError,
  PathError,
  type Problem,
  SealedError,
  SymError,
} from './errors.ts'
export { describe as describeField, problemsOf } from './explain.ts'
export type { Field, FieldMap, InitOf, InOf, OutOf, Primitive, ValuesOf } from './field.ts'
// Fields
export { f, type RangeOptions, type SizeOptions, type StringOptions, type SymType } from './fields.ts'
export { load, type SaveOptions, save, writeAtomically } from './file.ts'
export type { FormatOptions } from './format.ts'
export { fromJson, fromJsonString } from './json.ts'
// JSON and files
export type { Json } from './json-out.ts'
// Paths
export { type Key, KeyPath, type PathLike } from './key-path.ts'
// Changes
export { Insertion, insertion, MISSING, type Missing } from './missing.ts'
export type { NoSuchField, PathFor, PathInput, PathValue, UpdatesFor } from './path-types.ts'
export { withSealed } from './seal-scope.ts'
export { SymDict } from './sym-dict.ts'
export { SymList } from './sym-list.ts'
export { fieldOf, type StandsFor, type SymClass, SymObject, type SymShape } from './sym-object.ts'
// Trees
export { isSymbolic, type RebindOptions, recipe, Symbolic, same, type Updates } from './symbolic.ts'
export { compare, equals, hash } from './values.ts'
// Visiting
export { CONTINUE, ENTER, type QueryOptions, STOP, type WalkAction } from './walk.ts'
