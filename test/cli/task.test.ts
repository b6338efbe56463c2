import { expect } from 'chai'
import { scriptOf, seedProgram, type Task } from '../../src/cli/task.ts'
import { Sequential } from '../../src/modules/index.ts'

const task: Task = {
  name: 'double',
  description: 'Give twice the number.',
  outputSchema: { type: 'object', properties: { y: { type: 'integer' } }, required: ['y'] },
  seedScript: 'result = { y: inputs.x }',
  defaultReturnValue: { y: 0 },
  train: [],
  validation: [],
  test: [],
}

describe('the program a task starts from', () => {
  it('is one trainable script', () => {
    const program = seedProgram(task)
    expect(program.name).to.equal('double')
    expect([...program.variables().keys()]).to.deep.equal(['modules[0].state'])
    expect(scriptOf(program).script).to.equal('result = { y: inputs.x }')
    expect(scriptOf(program).description).to.equal('Give twice the number.')
  })

  it('is known by its script', () => {
    expect(() => scriptOf(new Sequential({ name: 'empty', modules: [] }))).to.throw(
      "'empty' does not start with a script",
    )
  })
})
