/**
 * A little language for trees in tests: `tree('a(b(c) d)')` is an object named a with two children, and `show` writes
 * it back. A seal is an exclamation mark: `a(b!(c) d)`.
 */

import { f, SymObject, type SymType } from '../../src/symbolic/index.ts'

export class Twig extends SymObject.define('support.Twig', {
  name: f.string(),
  twigs: f.list(f.lazy((): SymType<Twig> => Twig)).orEmpty(),
}) {}

/** The tree that a picture shows. */
export function tree(picture: string): Twig {
  const tokens = picture.match(/[^\s()!]+|[()!]/g) ?? []
  let at = 0
  const read = (): Twig => {
    const name = tokens[at++] as string
    const isSealed = tokens[at] === '!'
    if (isSealed) at++
    const twigs: Twig[] = []
    if (tokens[at] === '(') {
      at++
      while (tokens[at] !== ')') twigs.push(read())
      at++
    }
    const twig = new Twig({ name, twigs })
    return isSealed ? twig.seal() : twig
  }
  return read()
}

/** The picture of a tree. */
export function show(twig: Twig): string {
  const children = twig.twigs.map(show).join(' ')
  return twig.name + (twig.isSealed ? '!' : '') + (children === '' ? '' : `(${children})`)
}

/** The twig at the end of a row of names below a tree: `find(tree('a(b(c))'), 'b c')`. */
export function find(root: Twig, names: string): Twig {
  let twig = root
  for (const name of names.split(' ')) {
    const next = twig.twigs.find(each => each.name === name)
    if (next === undefined) throw new Error(`no twig '${name}' below ${show(twig)}`)
    twig = next
  }
  return twig
}
