import { expect } from 'chai'
import { scriptProgram } from '../support/script-programs.ts'

describe('summary', () => {
  it('is a table of modules, variables and trainable fields', () => {
    expect(scriptProgram('result = { y: 1 }').summary().split('\n')).to.deep.equal([
      'path              type                      trainable  content',
      '(program)         espalier.Sequential       yes',
      'modules[0]        espalier.ScriptSynthesis  yes        rule',
      'modules[0].rule   field                     yes        nothing',
      'modules[0].state  espalier.Variable         yes        {"script":"result = { y: 1 }"}',
      '2 modules, 1 variable, 2 trainable places',
    ])
  })

  it('says what is frozen, by itself or from above', () => {
    const program = scriptProgram()
    const words = (frozen: typeof program) =>
      frozen
        .summary()
        .split('\n')
        .slice(1, -1)
        .map(line => /\b(yes|no)\b/.exec(line)?.[0])
    expect(words(program.rebind({ trainable: false }))).to.deep.equal(['no', 'no', 'no', 'no'])
    expect(words(program.rebind([['modules[0].state.trainable', false]]))).to.deep.equal([
      'yes',
      'yes',
      'yes',
      'no',
    ])
  })
})
