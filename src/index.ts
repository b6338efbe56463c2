/**
 * Espalier: programs as immutable symbolic trees, that may be searched, trained, reviewed, saved and shipped.
 * Everything public, from all rooms; each room also stands alone as `espalier/symbolic`, `/search`, `/modules` and
 * `/runtime`, of which `/symbolic` is the lightest.
 */

export * from './modules/index.ts'
export {
  type Outcome,
  type OutcomeKind,
  Sandbox,
  type SandboxOptions,
  type ScriptRunner,
} from './runtime/index.ts'
export * from './search/index.ts'
export * from './symbolic/index.ts'
