import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { FitFiles } from '../../src/modules/fit-files.ts'
import { Sequential } from '../../src/modules/index.ts'
import { loadSync } from '../../src/symbolic/index.ts'
import { scriptProgram } from '../support/script-programs.ts'

const entry = { generation: 0, best: 1, mean: 0.5, evaluations: 2, ms: 3 }

describe('FitFiles', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'espalier-files-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('writes a table, anew for each run', () => {
    const csv = join(folder, 'a', 'table.csv')
    for (let run = 0; run < 2; run++) {
      const files = new FitFiles({ csv, metrics: ['right', 'say "ok", please'] })
      files.addGeneration({ ...entry, metrics: { right: 0.25 } })
      files.addGeneration({ ...entry, generation: 1 })
    }
    expect(readFileSync(csv, 'utf8')).to.equal(
      'generation,best,mean,evaluations,ms,right,"say ""ok"", please"\n0,1,0.5,2,3,0.25,\n1,1,0.5,2,3,,\n',
    )
  })

  it('keeps the last program it was given, and nothing without a name', async () => {
    const checkpoint = join(folder, 'best.json')
    const files = new FitFiles({ checkpoint, metrics: [] })
    await files.keep(scriptProgram('result = 1'))
    expect(await files.keep(scriptProgram('result = 2'))).to.equal(checkpoint)
    expect(loadSync(checkpoint, Sequential).equals(scriptProgram('result = 2'))).to.equal(true)
    expect(await new FitFiles({ metrics: [] }).keep(scriptProgram())).to.equal(undefined)
  })
})
