import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { findProblem } from '../../../examples/psb/problems/index.ts'
import { solve } from '../../../examples/psb/solve.ts'
import { Table, TableError, tableText } from '../../../examples/psb/table.ts'
import { Sandbox } from '../../../src/runtime/index.ts'

describe('a run of the benchmark', function () {
  this.timeout(60_000)

  it('solves what is easy, the same way each time, and is counted once', async () => {
    const conditions = { generations: 12, population: 200 }
    const folder = mkdtempSync(join(tmpdir(), 'espalier-psb-'))
    const runner = new Sandbox({ size: 1 })
    try {
      const run = await solve(findProblem('number-io')!, 7, { ...conditions, runner })
      expect(run).to.include({ problem: 'number-io', seed: 7, isSolved: true, wrong: 0, cases: 1000 })
      const again = await solve(findProblem('number-io')!, 7, { ...conditions, runner })
      expect({ ...again, seconds: 0 }).to.deep.equal({ ...run, seconds: 0 })

      const file = join(folder, 'table.jsonl')
      new Table(file, conditions).add(run)
      writeFileSync(file, `${readFileSync(file, 'utf8')}{"problem":"number-io","se`)
      const table = new Table(file, conditions)
      expect([table.has('number-io', 7), table.has('number-io', 8)]).to.deep.equal([true, false])
      expect(tableText(table, ['number-io'], [7, 8])).to.contain('| number-io | 1/1 |')
      expect(() => new Table(file, { ...conditions, population: 300 })).to.throw(
        TableError,
        'must start with',
      )
    } finally {
      await runner.close()
      rmSync(folder, { recursive: true })
    }
  })
})
