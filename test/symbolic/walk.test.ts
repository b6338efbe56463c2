/** Visits: in which order, how far, and what they find. */

import { expect } from 'chai'
import { CONTINUE, ENTER, STOP, SymDict, SymList } from '../../src/symbolic/index.ts'
import { Dense, Layer, smallModel } from '../support/model.ts'
import { Twig, tree } from '../support/twig.ts'

/** The names of the twigs that a walk visits, with an answer for some of them. */
function visited(picture: string, answers: Record<string, unknown> = {}): string {
  const names: string[] = []
  const isDone = tree(picture).walk((_, value) => {
    if (!(value instanceof Twig)) return undefined
    names.push(value.name)
    return answers[value.name]
  })
  return `${names.join(' ')}${isDone ? '' : ' stopped'}`
}

describe('walk', () => {
  it('goes through everything, parents first', () => {
    expect(visited('a(b(c d) e)')).to.equal('a b c d e')
    const places: string[] = []
    SymDict.from({ a: [1, { b: null }] }).walk((path, value, parent) => {
      places.push(`${path}=${String(value)} in ${String(parent?.path ?? null)}`)
    })
    expect(places).to.deep.equal([
      '={a: [1, {b: null}]} in null',
      'a=[1, {b: null}] in ',
      'a[0]=1 in a',
      'a[1]={b: null} in a',
      'a[1].b=null in a[1]',
    ])
  })

  it('goes on, around or no further, as it is told', () => {
    expect(visited('a(b(c d) e)', { b: CONTINUE })).to.equal('a b e')
    expect(visited('a(b(c d) e)', { a: CONTINUE })).to.equal('a')
    expect(visited('a(b(c d) e)', { c: STOP })).to.equal('a b c stopped')
    expect(visited('a(b(c d) e)', { a: STOP })).to.equal('a stopped')
    for (const answer of [ENTER, undefined, null, true, false, 0]) {
      expect(visited('a(b(c) d)', { b: answer })).to.equal('a b c d')
    }
  })

  it('leaves each value after what is below it, until it is stopped', () => {
    const left = (
      picture: string,
      answers: Record<string, unknown> = {},
      before: Record<string, unknown> = {},
    ) => {
      const names: string[] = []
      const isDone = tree(picture).walk(
        (_, value) => (value instanceof Twig ? before[value.name] : undefined),
        (_, value) => {
          if (!(value instanceof Twig)) return undefined
          names.push(value.name)
          return answers[value.name]
        },
      )
      return `${names.join(' ')}${isDone ? '' : ' stopped'}`
    }
    expect(left('a(b(c d) e)')).to.equal('c d b e a')
    expect(left('a(b(c d) e)', {}, { b: CONTINUE })).to.equal('b e a')
    expect(left('a(b(c d) e)', { c: STOP })).to.equal('c stopped')
    expect(left('a(b(c d) e)', { a: STOP })).to.equal('c d b e a stopped')
    expect(left('a(b(c d) e)', {}, { e: STOP })).to.equal('c d b stopped')
    expect(left('a(b)', { b: CONTINUE })).to.equal('b a')
  })

  it('stops in long lists and dicts too', () => {
    for (const size of [10, 1000]) {
      const seen: unknown[] = []
      const visitor = (_: unknown, value: unknown): unknown => {
        seen.push(value)
        return value === 5 ? STOP : ENTER
      }
      const list = SymList.from(Array.from({ length: size }, (_, i) => i))
      expect(list.walk(visitor)).to.equal(false)
      expect(seen).to.have.length(7)
      const dict = SymDict.from(Object.fromEntries(list.toArray().map(i => [`k${i}`, i])))
      seen.length = 0
      expect(dict.walk(visitor)).to.equal(false)
      expect(seen).to.have.length(7)
    }
  })

  it('gives paths from where it starts', () => {
    const paths: string[] = []
    smallModel().head.walk(path => void paths.push(path.toString()))
    expect(paths).to.deep.equal(['', 'name', 'units', 'activation'])
  })
})

describe('query', () => {
  const paths = (found: Map<string, unknown>): string[] => [...found.keys()]

  it('finds by path and by value', () => {
    const model = smallModel()
    expect(paths(model.query({ path: /units$/ }))).to.deep.equal(['layers[0].units', 'head.units'])
    expect(paths(model.query({ where: value => value instanceof Dense }))).to.deep.equal([
      'layers[0]',
      'head',
    ])
    expect(paths(model.query({ path: /^layers/, where: value => value instanceof Layer }))).to.deep.equal([
      'layers[0]',
      'layers[1]',
    ])
    expect(model.query({ where: value => value === 10 }).get('head.units')).to.equal(10)
    expect(paths(model.query({ path: /nothing/ }))).to.deep.equal([])
  })

  it('does not look below what it found, unless asked to', () => {
    const where = (value: unknown): boolean => value instanceof Twig
    expect(paths(tree('a(b(c))').query({ where }))).to.deep.equal([''])
    expect(paths(tree('a(b(c))').query({ where, enterSelected: true }))).to.deep.equal([
      '',
      'twigs[0]',
      'twigs[0].twigs[0]',
    ])
  })

  it('is not confused by patterns that remember', () => {
    const model = smallModel()
    for (const path of [/units/g, /units/y, /.*units/gy]) {
      expect(paths(model.query({ path }))).to.deep.equal(['layers[0].units', 'head.units'])
      expect(path.lastIndex).to.equal(0)
    }
  })

  it('hands the path and the parent to the condition', () => {
    const model = smallModel()
    const found = model.query({
      where: (value, path, parent) => path.key === 'name' && parent instanceof Dense && value === 'head',
    })
    expect(paths(found)).to.deep.equal(['head.name'])
  })
})
