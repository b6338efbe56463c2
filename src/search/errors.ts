/** What the search room throws: both kinds are `SymError`s, so they have a `code` and the path or id they are about. */

import { SymError } from '../symbolic/index.ts'

/** A hyper value, a space or a DNA that makes no sense: no candidates, a number out of range, a tree from elsewhere. */
export class SpaceError extends SymError {
  override readonly name = 'SpaceError'
  override readonly code = 'space'
}

/** A study used in a way it cannot honour: a trial left without an answer, a reward that is no number. */
export class StudyError extends SymError {
  override readonly name = 'StudyError'
  override readonly code = 'study'
}
