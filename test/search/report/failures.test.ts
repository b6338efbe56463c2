import { expect } from 'chai'
import { intV } from '../../../src/search/index.ts'
import { failureGroups } from '../../../src/search/report/failures.ts'
import { dataOf } from './studies.ts'

describe('failures', () => {
  it('are grouped by status and reason, whatever numbers are in it, the largest group first', async () => {
    const data = await dataOf(
      { x: intV(1, 9) },
      Array.from({ length: 6 }, (_, i) => [[i + 1]] as const),
      (trial, n) => {
        if (n === 0) trial.tell(1)
        else if (n === 1) trial.skip('no memory for 512 units')
        else if (n === 5) trial.prune('')
        else trial.fail(new Error(`no memory for ${n}.5e${n} units`))
      },
    )
    const groups = failureGroups(data).map(({ status, reason, trials }) => [
      status,
      reason,
      trials.map(({ id }) => id),
    ])
    expect(groups).to.deep.equal([
      ['failed', 'Error: no memory for 2.5e2 units', [3, 4, 5]],
      ['skipped', 'no memory for 512 units', [2]],
      ['pruned', '', [6]],
    ])
  })
})
