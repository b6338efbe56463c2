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

  it('settles results in the order of the items, one at a time, and none behind an error', async () => {
    const settled: string[] = []
    const settle = async (result: number, i: number): Promise<void> => {
      settled.push(`begin ${i}`)
      await new Promise(resolve => setTimeout(resolve, 1))
      settled.push(`end ${i} ${result}`)
    }
    const work = async (item: number): Promise<number> => {
      await new Promise(resolve => setTimeout(resolve, item))
      if (item === 3) throw new Error('three')
      return item * 10
    }
    await mapLimited([8, 1, 4], 3, work, settle)
    const inOrder = ['begin 0', 'end 0 80', 'begin 1', 'end 1 10', 'begin 2', 'end 2 40']
    expect(settled).to.deep.equal(inOrder)
    settled.length = 0
    expect(await mapLimited([8, 3, 1, 1], 3, work, settle).catch(String)).to.equal('Error: three')
    expect(settled).to.deep.equal(['begin 0', 'end 0 80'])
  })
})
