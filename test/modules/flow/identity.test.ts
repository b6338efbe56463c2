import { expect } from 'chai'
import { Identity } from '../../../src/modules/index.ts'

describe('Identity', () => {
  it('gives what it is given', async () => {
    for (const input of [null, 0, { a: [1] }]) expect(await new Identity().call(input)).to.equal(input)
  })
})
