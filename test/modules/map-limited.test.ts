import { expect } from 'chai'
import { mapLimited } from '../../src/modules/map-limited.ts'

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

describe('mapLimited', () => {
  it('answers in the order of the items, a few at a time', async () => {
    let underWay = 0
    let most = 0
    const results = await mapLimited([5, 1, 3, 0], 2, async (ms, i) => {
      most = Math.max(most, ++underWay)
      await pause(ms)
      underWay--
      return `${i}:${ms}`
    })
    expect(results).to.deep.equal(['0:5', '1:1', '2:3', '3:0'])
    expect(most).to.equal(2)
  })

  it('begins nothing after an error, and waits for what is under way', async () => {
    const ended: number[] = []
    const work = async (i: number) => {
      if (i === 0) throw new Error('first')
      await pause(5)
      ended.push(i)
    }
    const error = await mapLimited([0, 1, 2, 3], 2, work).catch(String)
    expect(error).to.equal('Error: first')
    expect(ended).to.deep.equal([1])
  })

  it('gives nothing for nothing', async () => {
    expect(await mapLimited([], 3, async () => 1)).to.deep.equal([])
  })
})
