import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { python } from '../../../src/testing/index.ts'

const CHECK = `
import json, sys
def line(script):
    try:
        compile(script, 'script.py', 'exec')
    except SyntaxError as error:
        return error.lineno
print(json.dumps([line(script) for script in json.loads(sys.argv[1])]))`

describe('the scripts of the suite in Python', () => {
  /** The line that is to blame for a script being no program; null when it is one. */
  async function linesOf(scripts: readonly string[]): Promise<unknown> {
    const { stdout } = await promisify(execFile)('python3', ['-c', CHECK, JSON.stringify(scripts)])
    return JSON.parse(stdout)
  }

  it('are programs, but for those that must not be', async () => {
    const { syntaxErrors, badResults, stubborn, constant, comment, otherEchoes, exits, ...scripts } = python
    const programs = [badResults, stubborn, otherEchoes, exits, scripts].flatMap(all => Object.values(all))
    const all = [...programs, constant({ a: ["'\n"] }), comment(10)]
    expect(await linesOf(all)).to.deep.equal(all.map(() => null))
    expect(await linesOf(syntaxErrors)).to.deep.equal(syntaxErrors.map(() => 2))
  })

  it('have comments of any length', () => {
    expect(python.comment(100)).to.have.length(100)
  })
})
