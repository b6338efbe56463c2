import { expect } from 'chai'
import { floatV, intV, oneOf } from '../../../src/search/index.ts'
import { branchesOf } from '../../../src/search/report/branches.ts'
import { dataOf, rewards } from './studies.ts'

describe('branches', () => {
  it('are trials with the same open parameters, that of the best first', async () => {
    const template = {
      kind: oneOf([{ a: intV(1, 9) }, 'none', { b: floatV(0, 1) }, 'nothing']),
      c: intV(1, 2),
    }
    const data = await dataOf(
      template,
      [[[0, 3, 1]], [[1, 1]], [[2, 0.5, 1]], [[0, 4, 2]], [[3, 1]]],
      rewards(1, 2, 5, 3, 0),
    )
    const shown = branchesOf(data).map(({ label, parameters, trials }) => [
      label,
      parameters.map(each => each.label),
      trials.map(({ id }) => id),
    ])
    expect(shown).to.deep.equal([
      ['kind = {b: FloatV(min=0, max=1…', ['kind', 'c', 'kind[=2/4].b'], [3]],
      ['kind = {a: IntV(min=1, max=9)}', ['kind', 'kind[=0/4].a', 'c'], [4, 1]],
      ['kind = none or nothing', ['kind', 'c'], [2, 5]],
    ])
  })

  it('are one where nothing opens anything', async () => {
    const branches = branchesOf(
      await dataOf({ x: oneOf([1, 2]), y: intV(1, 2) }, [[[0, 1]], [[1, 2]]], rewards(1, 2)),
    )
    expect(branches.map(({ label }) => label)).to.deep.equal([''])
  })
})
