/** Presets: classes with values of their own for the fields of another one. */

import { expect } from 'chai'
import { DefinitionError, FieldError, f, fromJson, preset, SymObject } from '../../../src/symbolic/index.ts'

class Dense extends SymObject.define('preset.Dense', {
  units: f.int({ min: 1 }),
  activation: f.enum('relu', 'gelu').default('relu'),
}) {
  get width(): number {
    return this.units
  }
}

describe('preset', () => {
  it('gives other defaults', () => {
    const Wide = preset('preset.Wide', Dense, { units: 512 })
    const wide = new Wide()
    expect([wide.units, wide.width, wide.activation]).to.deep.equal([512, 512, 'relu'])
    expect(new Wide({ units: 3 }).units).to.equal(3)
    expect(wide).to.be.instanceOf(Dense)
    expect(wide.equals(new Dense({ units: 512 }))).to.equal(false)
    expect(fromJson(wide.toJSON(), Wide).equals(wide)).to.equal(true)
  })

  it('may freeze them, all or some', () => {
    const Gelu = preset('preset.Gelu', Dense, { activation: 'gelu' }, { frozen: true })
    expect(new Gelu({ units: 3 }).activation).to.equal('gelu')
    expect(() => new Gelu({ units: 3, activation: 'relu' })).to.throw(
      FieldError,
      "is frozen at 'gelu', got 'relu'",
    )
    expect(() => new Gelu({ units: 3 }).rebind({ activation: 'relu' })).to.throw(FieldError, 'frozen')
    const Some = preset('preset.Some', Dense, { units: 4, activation: 'gelu' }, { frozen: ['units'] })
    expect(new Some({ activation: 'relu' }).toJS()).to.deep.equal({ units: 4, activation: 'relu' })
    expect(() => new Some({ units: 5 })).to.throw(FieldError, 'frozen')
  })

  it('refuses values that do not fit, and fields that are not there', () => {
    expect(() => preset('preset.Zero', Dense, { units: 0 })).to.throw(FieldError, 'at least 1')
    expect(() => preset('preset.None', Dense, { unit: 1 } as never)).to.throw(
      DefinitionError,
      "no field 'unit'",
    )
  })
})
