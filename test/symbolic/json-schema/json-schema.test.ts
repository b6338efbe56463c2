/** The words that writing and reading JSON Schema share. */

import { expect } from 'chai'
import { ends, pointerTo, unsayable } from '../../../src/symbolic/json-schema/json-schema.ts'

describe('JSON Schema', () => {
  it('names its places by JSON pointers', () => {
    expect(pointerTo('#', '$defs', 'a/b', 0)).to.equal('#/$defs/a~1b/0')
    expect(unsayable('/not', 'because').message).to.equal(
      `no field can say what stands at '/not' of the JSON Schema: because`,
    )
    expect(unsayable('', 'x').message).to.match(/'#'/)
  })

  it('leaves open ends out', () => {
    expect(ends('minimum', -Infinity, 'maximum', Infinity)).to.deep.equal({})
    expect(ends('minimum', 0, 'maximum', 1)).to.deep.equal({ minimum: 0, maximum: 1 })
    expect(ends('minItems', 0, 'maxItems', 1)).to.deep.equal({ maxItems: 1 })
  })
})
