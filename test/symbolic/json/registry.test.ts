/** Which spec a name stands for: exact names, aliases, and renamed prefixes. */

import { expect } from 'chai'
import { specOf } from '../../../src/symbolic/class-spec.ts'
import {
  f,
  moduleAlias,
  register,
  registeredTypes,
  SymObject,
  unregister,
} from '../../../src/symbolic/index.ts'
import {
  forgetAlias,
  forgetSpec,
  fullName,
  nearestType,
  specNamed,
} from '../../../src/symbolic/json/registry.ts'

class One extends SymObject.define('registry.a.One', { n: f.int().default(0) }) {}
class Two extends SymObject.define('registry.a.b.Two', {}) {}
for (const type of [One, Two]) register(type)

describe('the registry', () => {
  it('finds exact names and aliases', () => {
    register(One, 'registry.Uno')
    expect(specNamed('registry.a.One')).to.equal(specOf(One))
    expect(specNamed('registry.Uno')).to.equal(specOf(One))
    expect(specNamed('registry.a')).to.equal(null)
    expect(nearestType('registry.Uno2')).to.equal('registry.Uno')
    expect(forgetAlias('registry.Uno', specOf(Two))).to.equal(false)
    expect(forgetAlias('registry.Uno', specOf(One))).to.equal(true)
    expect(specNamed('registry.Uno')).to.equal(null)
  })

  it('finds names under renamed prefixes, the longest first, and only at the ends of words', () => {
    const undo = [moduleAlias('registry.old', 'registry.a'), moduleAlias('registry.old.b', 'registry.a.b')]
    undo.push(moduleAlias('registry.older', 'registry.old'))
    expect(specNamed('registry.old.One')).to.equal(specOf(One))
    expect(specNamed('registry.old.b.Two')).to.equal(specOf(Two))
    expect(specNamed('registry.older.One')).to.equal(specOf(One))
    expect(specNamed('registry.older.b.Two')).to.equal(specOf(Two))
    expect(specNamed('registry.oldest.One')).to.equal(null)
    expect(fullName('registry.old.Three')).to.equal('registry.a.Three')
    for (const each of undo) each()
    expect(specNamed('registry.old.One')).to.equal(null)
  })

  it('does not run in circles', () => {
    const undo = [moduleAlias('registry.x', 'registry.y'), moduleAlias('registry.y', 'registry.x')]
    expect(specNamed('registry.x.One')).to.equal(null)
    for (const each of undo) each()
  })

  it('forgets a type with its aliases, and lists what it knows', () => {
    register(Two, 'registry.Dos')
    expect(registeredTypes()).to.include('registry.a.b.Two')
    expect(forgetSpec(specOf(Two))).to.equal(true)
    expect(forgetSpec(specOf(Two))).to.equal(false)
    expect([specNamed('registry.Dos'), specNamed('registry.a.b.Two')]).to.deep.equal([null, null])
    expect(registeredTypes()).to.not.include('registry.a.b.Two')
    expect(unregister(Two)).to.equal(false)
    register(Two)
    expect(specNamed('registry.a.b.Two')).to.equal(specOf(Two))
  })
})
