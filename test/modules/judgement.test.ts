import { expect } from 'chai'
import { JudgeError, joinedFeedback, judgementOf } from '../../src/modules/judgement.ts'

describe('judgements', () => {
  it('are numbers, or numbers with words', () => {
    expect(judgementOf(0.5)).to.deep.equal({ reward: 0.5 })
    const judgement = { reward: 0, feedback: 'Too long.' }
    expect(judgementOf(judgement)).to.equal(judgement)
  })

  it('have the feedback of all that have any', () => {
    expect(joinedFeedback([['a', { reward: 1 }]])).to.equal(undefined)
    const judged = [['a', { reward: 0, feedback: 'Wrong.' }], ['b', { reward: 1 }], ['c', { reward: 0, feedback: 'Late.' }]] as const // biome-ignore format: a list
    expect(joinedFeedback(judged)).to.equal('a: Wrong.\nc: Late.')
  })
})

describe('JudgeError', () => {
  it('says why there is no judgement', () => {
    expect(new JudgeError('no')).to.include({ kind: 'not_judged', name: 'JudgeError', message: 'no' })
    expect(new JudgeError('no', 'over_budget', { cause: 1 })).to.include({ kind: 'over_budget', cause: 1 })
  })
})
