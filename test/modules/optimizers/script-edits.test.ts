import { expect } from 'chai'
import { crossScripts, mutateScript } from '../../../src/modules/optimizers/script-edits.ts'
import { loadSyntax, type Syntax, type SyntaxTree } from '../../../src/runtime/index.ts'
import { Rng } from '../../../src/search/index.ts'

const SCRIPT =
  'let t = 0\nfor (const n of inputs.xs) { if (n > 2 && t < 9) t += n * 2 }\nresult = { y: t, s: "a" + "b" }'

const treeOf = (syntax: Syntax, script: string): SyntaxTree => {
  const parsed = syntax.parse(script)
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.tree
}

describe('mutateScript', () => {
  it('makes other scripts by every kind of edit, nearly all of which can be printed', async () => {
    const syntax = await loadSyntax()
    const tree = treeOf(syntax, SCRIPT)
    const before = JSON.stringify(tree)
    const printed = new Set<string>()
    const failures: string[] = []
    const operators = new Set<string>()
    for (let i = 0; i < 300; i++) {
      const edited = mutateScript(tree, { random: Rng.from(i), inputs: ['xs', 'odd key'] })
      const result = syntax.print(edited?.tree as SyntaxTree)
      if (result.ok) printed.add(result.script)
      else failures.push(result.message)
      operators.add(edited?.operator ?? '')
    }
    expect(JSON.stringify(tree)).to.equal(before)
    expect(printed.size).to.be.above(150)
    // A declaration may be doubled, which shows when it is printed.
    expect(failures.length).to.be.below(10)
    expect([...operators].sort()).to.deep.equal([
      'choose',
      'constant',
      'copy',
      'deletion',
      'move',
      'name',
      'operator',
      'unwrap',
      'wrap',
    ])
  })

  it('is the same for the same draws', async () => {
    const tree = treeOf(await loadSyntax(), SCRIPT)
    const edit = () => mutateScript(tree, { random: Rng.from('x'), inputs: [] })
    expect(edit()).to.deep.equal(edit())
  })

  it('finds nothing to edit in nothing', async () => {
    expect(mutateScript(treeOf(await loadSyntax(), ''), { random: Rng.from(1), inputs: [] })).to.equal(
      undefined,
    )
  })
})

describe('crossScripts', () => {
  it('brings parts of another script in', async () => {
    const syntax = await loadSyntax()
    const [own, donor] = [
      treeOf(syntax, 'result = { y: inputs.x + 1 }'),
      treeOf(syntax, 'result = { y: inputs.z * 77 }'),
    ]
    const scripts = Array.from({ length: 40 }, (_, i) => {
      const crossed = crossScripts(own, donor, Rng.from(i))
      const printed = crossed && syntax.print(crossed.tree)
      return printed?.ok ? printed.script : ''
    })
    expect(scripts.some(script => script.includes('inputs.x + 77'))).to.equal(true)
    expect(scripts.filter(script => /77|inputs\.z/.test(script)).length).to.be.above(30)
  })
})
