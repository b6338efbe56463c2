import { expect } from 'chai'
import {
  Branch,
  Generator,
  Graph,
  Identity,
  lambda,
  ScriptSynthesis,
  Sequential,
} from '../../../src/modules/index.ts'
import { type Box, boxOf } from '../../../src/modules/picture/boxes.ts'
import { oneOf } from '../../../src/search/index.ts'
import { Y_SCHEMA } from '../../support/script-programs.ts'

const say = new Generator({ instructions: 'Say it.\nTwice.', schema: { type: 'string' }, trainable: false })
const Plain = lambda('boxesTest.Plain', x => x)

/** The titles inside of a box, and its arrows. */
const shown = ({ inside }: Box) => ({
  titles: [...(inside?.boxes.values() ?? [])].map(({ title }) => title),
  links: inside?.links.map(({ from, to, isDashed }) => `${from} ${isDashed ? '-->' : '->'} ${to}`),
})

describe('boxOf', () => {
  it('says of a module what it is, what it goes by, and what it takes and gives', () => {
    const box = boxOf(new Sequential({ modules: [say] }).modules.at(0) as Generator, '0')
    expect(box).to.deep.include({ title: '0', tone: 'language', isTrainable: false, inside: undefined })
    expect(box.lines).to.deep.equal(['Generator', 'Say it.'])
    expect(box.hover).to.equal(
      'modules[0]: espalier.Generator\ntakes anything\ngives string\nSay it.\nTwice.',
    )
    expect(boxOf(new Plain({ name: 'plain' }), 'x')).to.include({ title: 'x · plain', tone: 'other' })
  })

  it('draws a row as a row, a graph as its names say, and a branch as ways', () => {
    expect(shown(boxOf(new Sequential({ modules: [new Identity(), say] }), 'p'))).to.deep.equal({
      titles: ['input', '0', '1', 'output'],
      links: ['in -> :0', ':0 -> :1', ':1 -> out'],
    })
    const steps = {
      out: { module: new Identity(), from: 'input' },
      any: { module: new Identity(), from: ['out', 'input'], needs: 'any' as const },
    }
    expect(shown(boxOf(new Graph({ steps, output: 'any' }), 'p'))).to.deep.equal({
      titles: ['input', 'out', 'any', 'output'],
      links: ['in -> :out', ':out --> :any', 'in --> :any', ':any -> out'],
    })
    const branch = new Branch({ branches: { easy: say, hard: new Identity() } })
    expect(shown(boxOf(branch, 'b')).titles).to.deep.equal([
      'input',
      'decision',
      '→ easy',
      '→ hard',
      'output',
    ])
  })

  it('shows what stands in other modules without arrows, and scripts that are not chosen yet', () => {
    const init = { schema: Y_SCHEMA, script: 'result = { y: 1 }', defaultReturnValue: { y: 0 } }
    const module = new ScriptSynthesis({ ...init, tools: { plain: new Plain() } })
    expect(shown(boxOf(module, 's'))).to.deep.equal({ titles: ['tools.plain'], links: [] })
    const open = module.rebind([['state.value.script', oneOf(['result = 1', 'result = 2'])]])
    expect(boxOf(open, 's').lines).to.deep.equal(['ScriptSynthesis', 'not chosen yet'])
  })
})
