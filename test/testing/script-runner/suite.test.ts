import { expect } from 'chai'
import { Sandbox, type SandboxOptions } from '../../../src/runtime/index.ts'
import { type ScriptLanguage, scriptRunnerSuite } from '../../../src/testing/index.ts'

const RUNNERS: Record<string, [ScriptLanguage, SandboxOptions]> = {
  JavaScript: ['javascript', { size: 2, memory: 32 }],
  'JavaScript in a process alone': ['javascript', { size: 2, memory: 32, isolation: 'process' }],
  Python: ['python', { size: 2, language: 'python', memory: 128 }],
}

for (const [name, [language, options]] of Object.entries(RUNNERS)) {
  const suite = scriptRunnerSuite(() => new Sandbox(options), { language })
  describe(`a sandbox for ${name}`, () => {
    for (const { topic, name, run } of suite.cases) it(`${topic}: ${name}`, run)
    after(() => suite.close())
  })
}

describe('the script runner suite', () => {
  it('has a name for each case', () => {
    const { cases } = scriptRunnerSuite(() => new Sandbox())
    const names = cases.map(({ topic, name }) => `${topic}: ${name}`)
    expect(new Set(names).size).to.equal(names.length)
    expect(names.length).to.be.above(35)
  })

  it('knows its languages', () => {
    const make = () => new Sandbox()
    expect(() => scriptRunnerSuite(make, { language: 'cobol' as never })).to.throw(
      "language must be 'javascript', 'python' or a table of scripts, got cobol",
    )
  })
})
