import { Script } from 'node:vm'
import { expect } from 'chai'
import fc from 'fast-check'
import {
  type Diff,
  diffTree,
  isSymbolic,
  KeyPath,
  type Symbolic,
  SymDict,
  SymList,
} from '../../../src/symbolic/index.ts'
import { diffData, treeData } from '../../../src/symbolic/view/html-data.ts'
import { MODEL_SCRIPT } from '../../../src/symbolic/view/html-model.ts'
import { smallModel } from '../../support/model.ts'
import { anyTree, key, runs } from '../../support/random.ts'

/** An item of the page's script, as far as these tests look. */
interface Item {
  readonly key: string | number
  readonly parent: Item | null
  readonly group?: readonly Item[]
  readonly kids?: readonly Item[]
  readonly kind: string
  readonly isDefault?: boolean
}

interface Model {
  rootItem(): Item
  directKids(item: Item): Item[]
  kidsOf(item: Item): Item[]
  pathOf(item: Item): string
  groupText(item: Item): string
  previewOf(value: unknown): string
  search(text: string): { root: Item | null; hits: Item[]; count: number; isCut: boolean }
}

/** The script, run here as it runs in the page. */
function modelOf(shown: Symbolic | Diff, hideDefaults = false): Model {
  const data = isSymbolic(shown) ? treeData(shown) : diffData(shown)
  const textContent = JSON.stringify({ ...data, options: {} })
  const names = 'rootItem, directKids, kidsOf, pathOf, groupText, previewOf, search'
  const source = `(document, view) => {${MODEL_SCRIPT}; return { ${names} }}`
  const make = new Script(source).runInThisContext() as (document: object, view: object) => Model
  return make({ getElementById: () => ({ textContent }) }, { hideDefaults })
}

function pathsBelow(model: Model, item: Item, found: string[] = []): string[] {
  found.push(model.pathOf(item))
  for (const kid of model.kidsOf(item)) pathsBelow(model, kid, found)
  return found
}

const hitsFor = (model: Model, text: string): string[] => model.search(text).hits.map(model.pathOf)

describe('the script of a page: its items', () => {
  it('are the places of the tree, by the paths that the library gives them', () => {
    const odd = fc.dictionary(key, fc.oneof(fc.nat(), fc.array(fc.nat(), { maxLength: 3 })))
    fc.assert(
      fc.property(
        fc.oneof(
          anyTree(),
          odd.map(record => SymDict.from(record)),
        ),
        tree => {
          const model = modelOf(tree as Symbolic)
          const expected: string[] = []
          tree.walk((path, value) => void (value !== undefined && expected.push(path.toString())))
          expect(pathsBelow(model, model.rootItem())).to.deep.equal(expected)
        },
      ),
      { numRuns: runs(100) },
    )
  })

  it('come in groups when they are many', () => {
    const model = modelOf(SymList.from(Array.from({ length: 100_000 }, (_, i) => i)))
    const root = model.rootItem()
    const groups = model.kidsOf(root)
    expect(groups.map(model.groupText).slice(0, 2)).to.deep.equal(['[0 … 9999]', '[10000 … 19999]'])
    const inner = model.kidsOf(groups[1] as Item)
    expect([inner.length, model.groupText(inner[99] as Item)]).to.deep.equal([100, '[19900 … 19999]'])
    const leaves = model.kidsOf(inner[99] as Item)
    expect([leaves.length, model.pathOf(leaves[99] as Item)]).to.deep.equal([100, '[19999]'])
    const dict = modelOf(
      SymDict.from(Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`k${i}`, i]))),
    )
    expect(dict.kidsOf(dict.rootItem()).map(dict.groupText)).to.deep.equal(['k0 … k99', 'k100 … k149'])
  })

  it('leave out defaults when asked to', () => {
    const keys = (hide: boolean): unknown[] => {
      const model = modelOf(smallModel().head, hide)
      return model.directKids(model.rootItem()).map(each => each.key)
    }
    expect(keys(false)).to.deep.equal(['name', 'units', 'activation'])
    expect(keys(true)).to.deep.equal(['name', 'units'])
  })

  it('preview what is in a closed part', () => {
    const model = modelOf(SymList.from([{ a: 1, b: 'text', c: [1, 2], d: null }]))
    expect(model.previewOf([0])).to.equal('1, 2')
    expect(model.previewOf([2])).to.equal('{4}')
    expect(model.previewOf([1])).to.equal("a: 1, b: 'text', c: [2], d: null")
  })

  it('are found by key, value, type and path', () => {
    const model = modelOf(smallModel())
    expect(hitsFor(model, 'UNITS')).to.deep.equal(['layers[0].units', 'head.units'])
    expect(hitsFor(model, "'me'")).to.deep.equal([])
    expect(hitsFor(model, 'me').includes('notes.author')).to.equal(true)
    expect(hitsFor(model, 'support.drop')).to.deep.equal(['layers[1]'])
    expect(hitsFor(model, 'layers[0].n')).to.deep.equal(['layers[0].name'])
    expect(hitsFor(model, 'layers[0]')).to.deep.equal(['layers[0]'])
    expect(hitsFor(model, '32')).to.deep.equal(['layers[0].units'])
    const { root } = model.search('units')
    expect(root?.kids?.map(each => each.key)).to.deep.equal(['layers', 'head'])
    expect(model.search('nothing like it')).to.include({ root: null, count: 0 })
  })

  it('are searched to an end, however many places there are', () => {
    let tree = SymDict.from({ leaf: 0 }) as SymDict
    for (let i = 0; i < 60; i++) tree = SymDict.from({ a: tree, b: tree }) as SymDict
    expect(modelOf(tree).search('leaf').isCut).to.equal(true)
    const many = modelOf(SymList.from(Array.from({ length: 5000 }, () => 'same'))).search('same')
    expect([many.hits.length, many.count]).to.deep.equal([1000, 5000])
  })

  it('are those of both sides in a difference', () => {
    const model = modelOf(diffTree({ a: { x: 1 }, b: 1 }, { a: [5], c: { y: 1 } }))
    const [a, b, c] = model.directKids(model.rootItem()) as [Item, Item, Item]
    expect(model.directKids(a).map(each => `${each.kind} ${model.pathOf(each)}`)).to.deep.equal([
      'removed a.x',
      'added a[0]',
    ])
    expect([b.kind, c.kind]).to.deep.equal(['removed', 'added'])
    expect(model.directKids(c).map(each => each.kind)).to.deep.equal(['added'])
    expect(KeyPath.parse(model.pathOf(c)).keys).to.deep.equal(['c'])
  })
})
