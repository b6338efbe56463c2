/**
 * Ties: decisions of one name that are open together are one decision. Where one of them is always open with the others
 * it decides for all; where each may be closed, a decision is added in front of them that is always open. Decisions of
 * one name that can never be open together, in different candidates of a choice, stay apart.
 */

import type { Symbolic } from '../../symbolic/index.ts'
import { SpaceError } from '../errors.ts'
import { type Place, scanPlace, type Template, type Tie, type Where } from '../space/template.ts'

/** Ties the places of a template that have one name. Throws `SpaceError` when such places are not alike. */
export function tieNames(template: Template, root: Symbolic, where: Where): void {
  const known = new Map<string, Place>()
  let isRepeated = false
  for (const { place } of occurrencesIn(template)) {
    const first = known.get(place.hyper.name as string)
    if (first === undefined) known.set(place.hyper.name as string, place)
    else if (first.hyper.equals(place.hyper)) isRepeated = true
    else {
      throw new SpaceError(
        place.id,
        `the decisions at '${first.id}' and '${place.id}' are both named '${place.hyper.name}', so they must be alike; they are ${first.hyper} and ${place.hyper}`,
      )
    }
  }
  if (!isRepeated) return
  tieIn(template, (name, id) => scanOnly(known.get(name) as Place, name, id, root, where))
}

/** Makes the decision for places that may all be closed; its id is the name behind that of the row it is added to. */
type Only = (name: string, id: string) => Place

/** A named place inside a template, not tied yet: in which of its places, at which position, in which candidate. */
interface Occurrence {
  readonly place: Place
  readonly top: Place
  /** 'self' when the place is the top one, else the position and the index of the candidate. */
  readonly in: 'self' | readonly [position: number, index: number]
  /** Whether it stands inside a place that follows another: then it decides nothing, but goes as its original goes. */
  readonly isShadow: boolean
}

/** Depth first, so that a decision comes before those inside it. */
function* occurrencesIn(template: Template): Iterable<Occurrence> {
  for (const top of template.places) {
    const isUntied = top.hyper.name !== undefined && top.tie === null
    if (isUntied) yield { place: top, top, in: 'self', isShadow: false }
    const isFollower = top.tie?.role === 'follow'
    for (let position = 0; position < top.rows.length; position++) {
      const row = top.rows[position] as readonly Template[]
      for (let index = 0; index < row.length; index++) {
        for (const { place, isShadow } of occurrencesIn(row[index] as Template)) {
          yield { place, top, in: [position, index], isShadow: isShadow || isFollower }
        }
      }
    }
  }
}

/** Ties what is open together in this template, and then what is open together in each of its candidates. */
function tieIn(template: Template, only: Only): void {
  for (;;) {
    const group = groupsIn(template).find(areOpenTogether)
    if (group === undefined) break
    tieGroup(template, group, only)
  }
  for (const { rows } of template.places) {
    for (const row of rows) for (const candidate of row) tieIn(candidate, only)
  }
}

function tieGroup(template: Template, group: readonly Occurrence[], only: Only): void {
  const [{ place: first, top }] = group as [Occurrence]
  const name = first.hyper.name as string
  const lead = group.find(each => each.in === 'self')?.place
  for (const { place } of group) place.tie = tied(name, place === lead ? 'lead' : 'follow')
  if (lead !== undefined) return
  template.places.splice(template.places.indexOf(top), 0, only(name, `${template.id}@${name}`))
}

const tied = (name: string, role: Tie['role']): Tie => ({ name, role })

function groupsIn(template: Template): Occurrence[][] {
  const groups = new Map<string, Occurrence[]>()
  for (const occurrence of occurrencesIn(template)) {
    const name = occurrence.place.hyper.name as string
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [occurrence])
    else group.push(occurrence)
  }
  return [...groups.values()]
}

/** Whether two of them can be open at once: in different places, or in two candidates that stand side by side. */
function areOpenTogether(group: readonly Occurrence[]): boolean {
  const own = group.filter(({ isShadow }) => !isShadow)
  return own.some((a, i) => own.slice(i + 1).some(b => haveRoomTogether(a, b)))
}

function haveRoomTogether(a: Occurrence, b: Occurrence): boolean {
  if (a.top !== b.top || a.in === 'self' || b.in === 'self') return true
  const [[position, index], [otherPosition, otherIndex]] = [a.in, b.in]
  if (position === otherPosition) return false
  return index !== otherIndex || a.top.combinations?.isDistinct !== true
}

/** A decision that stands nowhere in the tree. */
function scanOnly(like: Place, name: string, id: string, root: Symbolic, where: Where): Place {
  const place = scanPlace(like.hyper, like.path, like.within, id, root, where)
  place.tie = tied(name, 'only')
  return place
}
