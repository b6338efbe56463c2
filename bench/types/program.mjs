// The program whose types are measured: a chain of classes, each with six fields that lead to the one before, and a
// file that reads and changes them by typed paths, mistakes included.

/** Classes in blocks of ten: five on `SymObject`, then five that each extend the one before. */
const BLOCK = 10

/** How many classes the longest path leads through. */
const DEEPEST = 4

/** The text of the classes; `library` is where they import from. */
export function classesText(count, library) {
  const classes = Array.from({ length: count }, (_, i) => classText(i))
  return `import { f, SymObject } from '${library}'\n\n${classes.join('\n')}`
}

/** The text of the file that works on them; the first few have no four classes below them to reach into. */
export function usesText(count, classes) {
  const names = Array.from({ length: count }, (_, i) => `C${i}`).slice(DEEPEST)
  const uses = names.map((_, at) => useText(at + DEEPEST))
  return `import type { ${names.join(', ')} } from '${classes}'\n\n${uses.join('\n')}`
}

function classText(i) {
  const base = i % BLOCK > BLOCK / 2 ? `C${i - 1}` : 'SymObject'
  const previous = i === 0 ? 'f.int()' : `f.object(C${i - 1})`
  return `export class C${i} extends ${base}.define('bench.C${i}', {
  size${i}: f.int({ min: 1 }),
  rate${i}: f.float({ min: 0 }).default(0.01),
  kind${i}: f.enum('relu', 'gelu', 'tanh').default('relu'),
  tags${i}: f.dict(f.string()).orEmpty(),
  last${i}: ${previous}${i === 0 ? '' : '.nullable()'},
  list${i}: f.list(${previous}).orEmpty(),
}) {}
`
}

function useText(i) {
  const to = depth => Array.from({ length: depth }, (_, step) => `list${i - step}[${step}].`).join('')
  return `declare const c${i}: C${i}
c${i}.rebind({
  size${i}: 3,
  kind${i}: 'gelu',
  'tags${i}.color': 'red',
  'last${i}.size${i - 1}': 4,
  '${to(2)}rate${i - 2}': 0.1,
  '${to(DEEPEST)}kind${i - DEEPEST}': 'tanh',
})
export const size${i}: number = c${i}.get('${to(DEEPEST)}size${i - DEEPEST}') + c${i}.size${i}
export const next${i}: C${i} = c${i}.edit(draft => {
  draft.size${i}++
  draft.tags${i}.color = 'red'
})
// @ts-expect-error: there is no such field.
c${i}.rebind({ '${to(2)}sizes': 4 })
// @ts-expect-error: the value does not fit.
c${i}.rebind({ '${to(2)}size${i - 2}': 'x' })
`
}
