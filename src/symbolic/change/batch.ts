/**
 * A batch: changes that appear together or not at all. It owns the copies it makes (`OWNED` in slot 1 says so), writes to
 * them as more changes come, and gives them up at the end, when lists are put together and sizes and hooks are checked.
 */

import { errorAt } from '../errors.ts'
import type { Reader } from '../fields/accept.ts'
import { keysTo } from '../greens/children.ts'
import { listFrom, listValues } from '../greens/list-green.ts'
import { type Green, OBJECT, OWNED } from '../greens/spec.ts'
import { pathText, stepsOf } from '../greens/steps.ts'
import { runHook } from '../hook.ts'
import type { Key } from '../key-path.ts'
import { readSlot, slotOf } from '../read.ts'
import { checkStandIn, fieldUnder, hasFittingSize, wrongSize } from './update-errors.ts'

/** What a list will become, waiting until all pairs of the batch are in: indices are those before the batch. */
interface ListPlan {
  readonly inserts: Map<number, unknown[]>
  readonly removed: Set<number>
  readonly appends: { index: number; value: unknown }[]
}

/** Changes that appear together or not at all. */
export class Batch {
  readonly copies: Green[] = []
  /** Made when a list first needs one: most batches plan nothing. */
  plans: Map<Green, ListPlan> | null = null
  /** How values are read; null for values given in code. */
  readonly reader: Reader | null
  /** Whether list changes take effect one after the other, as JSON Patch has it, and not all at the end. */
  readonly isSequence: boolean
  /** Whether a change went through a field that judges a value as a whole. */
  hasWholes = false

  constructor(reader: Reader | null, isSequence: boolean) {
    this.reader = reader
    this.isSequence = isSequence
  }

  /** A copy of a green that this batch may write to. */
  own(green: Green): Green {
    if (green[1] === OWNED) return green
    const copy = green.slice() as Green
    copy[1] = OWNED
    this.copies.push(copy)
    return copy
  }

  /** Whether an element is to go. */
  isRemoved(list: Green, index: number): boolean {
    return this.plans !== null && this.plans.get(list)?.removed.has(index) === true
  }

  plan(list: Green): ListPlan {
    this.plans ??= new Map()
    let plan = this.plans.get(list)
    if (plan === undefined) {
      this.plans.set(list, (plan = { inserts: new Map(), removed: new Set(), appends: [] }))
    }
    return plan
  }

  /**
   * Carries out the plans, checks sizes, and gives the copies up: from here on nobody writes to them. Copies that a
   * later change has taken out of the result again may be as they like.
   */
  finish(result: Green): void {
    const { copies, plans } = this
    if (plans !== null) for (const [list, plan] of plans) carryOut(list, plan)
    let hasHooks = false
    let hasStandIns = false
    for (let i = 0; i < copies.length; i++) {
      const copy = copies[i] as Green
      if (copy[1] === OWNED) copy[1] = 0
      const spec = copy[0]
      if (spec.kind === OBJECT) {
        if (spec.hasHook) hasHooks = true
        if (spec.standsFor !== null) hasStandIns = true
        continue
      }
      if ((spec.minSize === 0 && spec.maxSize === Infinity) || hasFittingSize(copy)) continue
      const keys = keysTo(result, copy)
      if (keys !== null) throw wrongSize(result[0], copy, stepsOf(keys))
    }
    if (hasStandIns || this.hasWholes) {
      for (const copy of copies) if (this.hasWholes || copy[0].standsFor !== null) checkPlace(result, copy)
    }
    if (!hasHooks) return
    for (let i = copies.length - 1; i >= 0; i--) {
      const copy = copies[i] as Green
      try {
        runHook(copy)
      } catch (error) {
        const keys = keysTo(result, copy)
        if (keys !== null) throw errorAt(error, result[0].name, pathText(stepsOf(keys)))
      }
    }
  }
}

/** Throws when a stand-in that was changed inside no longer fits its place in the result, if it still has one. */
function checkPlace(result: Green, standIn: Green): void {
  const keys = keysTo(result, standIn)
  if (keys === null || keys.length === 0) return
  let parent = result
  for (const step of stepsOf(keys.slice(0, -1))) parent = readSlot(parent, slotOf(parent, step)) as Green
  const field = fieldUnder(parent, keys[keys.length - 1] as Key)
  checkStandIn(result[0].name, () => pathText(stepsOf(keys)), field, standIn)
}

/** Writes the planned elements into an owned list, in place: its parent already points to it. */
function carryOut(list: Green, plan: ListPlan): void {
  const elements = listValues(list)
  const result: unknown[] = []
  for (let i = 0; i <= elements.length; i++) {
    const inserts = plan.inserts.get(i)
    // One by one: as arguments of one call, very many would overflow the stack.
    for (const insert of inserts ?? []) result.push(insert)
    if (i < elements.length && !plan.removed.has(i)) result.push(elements[i])
  }
  plan.appends.sort((a, b) => a.index - b.index)
  for (const append of plan.appends) result.push(append.value)
  const fresh = listFrom(list[0], result)
  list.length = 0
  for (const slot of fresh as unknown[]) (list as unknown[]).push(slot)
  list[1] = OWNED
}
