/** Setting and taking off seals: the same content under the twin of its spec. */

import { PathError, SealedError } from '../errors.ts'
import { dictSet } from '../greens/dict-green.ts'
import { listSet } from '../greens/list-green.ts'
import { FIRST, type Green, isDictKind, isGreen, OBJECT, withSeal } from '../greens/spec.ts'
import { keyOf, pathText, type Steps } from '../greens/steps.ts'
import { readSlot, slotOf } from '../read.ts'
import { isLocked } from './seal-scope.ts'

/** The green with the place at a path sealed or unsealed; the same when it already is. */
export function setSeal(green: Green, steps: Steps, sealed: boolean, at = 0): Green {
  if (at === steps.length) {
    if (green[0].sealed === sealed) return green
    const copy = green.slice() as Green
    copy[0] = withSeal(green[0], sealed)
    return copy
  }
  if (isLocked(green[0].sealed)) throw SealedError.at(green[0].name, pathText(steps, at))
  const step = steps[at]
  const slot = step === undefined ? 0 : slotOf(green, step)
  const child = slot < FIRST ? undefined : readSlot(green, slot)
  if (!isGreen(child)) {
    const what = step === undefined ? '' : String(keyOf(step))
    throw new PathError(
      pathText(steps),
      `only objects, lists and dicts can be sealed; '${what}' at '${pathText(steps, at)}' is none`,
    )
  }
  const next = setSeal(child, steps, sealed, at + 1)
  if (next === child) return green
  if (green[0].kind !== OBJECT) {
    return isDictKind(green[0].kind) ? dictSet(green, slot - FIRST, next) : listSet(green, slot - FIRST, next)
  }
  const copy = green.slice() as Green
  copy[1] = 0
  copy[slot] = next
  return copy
}
