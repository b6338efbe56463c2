import { expect } from 'chai'
import { defaultOf, define } from '../../../src/modules/grammar/operator.ts'

describe('define', () => {
  it('gives back the rows with their names', () => {
    const same = {
      args: ['T'],
      result: 'T',
      run: (a: number) => a,
      write: (a: string) => a,
      level: 18,
    } as const
    expect(define({ same }).same).to.equal(same)
  })
})

describe('defaultOf', () => {
  it('is false, nothing or no text', () => {
    expect(['boolean', 'integer', 'number', 'string'].map(defaultOf)).to.deep.equal([false, 0, 0, ''])
  })
})
