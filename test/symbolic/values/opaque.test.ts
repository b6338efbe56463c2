/** Foreign objects in a tree, by identity, and their JSON where a codec gives them one. */

import { expect } from 'chai'
import {
  fromJson,
  JsonError,
  type Opaque,
  opaque,
  registerCodec,
  SymDict,
  SymError,
} from '../../../src/symbolic/index.ts'

describe('opaque', () => {
  it('keeps an object as it is, by identity', () => {
    const list = [1, { a: 2 }]
    const tree = SymDict.from({ list: opaque(list) })
    expect((tree.at('list') as Opaque<unknown[]>).value).to.equal(list)
    expect(opaque(list)).to.equal(opaque(list))
    expect(tree.equals(SymDict.from({ list: opaque(list) }))).to.equal(true)
    expect(tree.equals(SymDict.from({ list: opaque([1, { a: 2 }]) }))).to.equal(false)
    expect(() => tree.toJSON()).to.throw(JsonError, "the value at 'list' has no JSON form: Opaque values")
    expect(() => opaque(3 as never)).to.throw(SymError, 'only objects can be opaque; 3 can stand')
    list.push(3)
    expect(tree.rebind([['n', 1]]).at('list')).to.equal(opaque(list))
  })
})

describe('registerCodec', () => {
  const url = {
    name: 'url',
    toJson: (each: URL) => each.href,
    fromJson: (data: unknown) => new URL(String(data)),
  }

  it('gives opaque objects of a class a JSON form, until it is taken away', () => {
    const tree = SymDict.from({ at: opaque(new URL('http://a.b/')), n: 1 })
    expect(() => tree.toJSON()).to.throw(JsonError, 'no JSON form')
    const forget = registerCodec(URL, url)
    const data = tree.toJSON()
    expect(data).to.deep.equal({ at: { _type: 'espalier.Opaque', codec: 'url', value: 'http://a.b/' }, n: 1 })
    const loaded = fromJson(data) as SymDict
    expect((loaded.at('at') as Opaque<URL>).value.host).to.equal('a.b')
    expect(() => registerCodec(URL, url)).to.throw(SymError, "a codec named 'url' already")
    forget()
    expect(() => fromJson(data)).to.throw(JsonError, "no codec named 'url'; call registerCodec")
  })

  it('refuses data that it cannot read, and objects that it cannot write', () => {
    class Odd {}
    const forget = [
      registerCodec(URL, url),
      registerCodec(Odd, { name: 'odd', toJson: () => undefined, fromJson: () => ({}) as Odd }),
      registerCodec(Map, { name: 'map', toJson: () => [], fromJson: () => new Set() as never }),
    ]
    const form = (codec: unknown, value: unknown): object => ({
      x: { _type: 'espalier.Opaque', codec, value },
    })
    expect(() => fromJson(form('url', 'nowhere'))).to.throw(
      JsonError,
      "the codec 'url' cannot read 'nowhere'",
    )
    expect(() => fromJson(form(3, 1))).to.throw(JsonError, 'no codec named 3')
    expect(() => fromJson(form('map', 1))).to.throw(JsonError, "the codec 'map' made")
    expect(() => SymDict.from({ x: opaque(new Odd()) }).toJSON()).to.throw(JsonError, "'odd' gave no data")
    for (const undo of forget) undo()
  })

  it('may write trees of its own', () => {
    class Box {
      readonly inside = SymDict.from({ a: 1 })
    }
    const forget = registerCodec(Box, { name: 'box', toJson: box => box.inside, fromJson: () => new Box() })
    const text = SymDict.from({ box: opaque(new Box()), b: { c: 2 } }).toJsonString()
    expect(JSON.parse(text)).to.have.nested.property('box.value.a', 1)
    expect(JSON.parse(text)).to.have.nested.property('b.c', 2)
    forget()
  })
})
