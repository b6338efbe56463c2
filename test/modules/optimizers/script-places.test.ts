import { expect } from 'chai'
import { agree, placesIn } from '../../../src/modules/optimizers/script-places.ts'
import { loadSyntax, type SyntaxTree } from '../../../src/runtime/index.ts'

const placesOf = async (script: string) => {
  const syntax = await loadSyntax()
  const parsed = syntax.parse(script)
  if (!parsed.ok) throw new Error(parsed.message)
  const text = (node: unknown) => {
    const body = [{ type: 'ExpressionStatement', expression: node }]
    const printed = syntax.print({ type: 'Program', sourceType: 'script', body } as unknown as SyntaxTree)
    const shown = printed.ok ? printed.script.trim().replace(/;$/, '') : printed.message
    return shown.replace(/^\((.*)\)$/s, '$1')
  }
  const places = placesIn(parsed.tree)
  return { ...places, texts: places.expressions.map(({ node, guess }) => `${text(node)}: ${guess}`) }
}

describe('placesIn', () => {
  it('finds expressions with a guess at what they give', async () => {
    const { texts, names } = await placesOf('const a = inputs.x * 2\nresult = a > 1 ? "big" : [a]')
    expect(names).to.deep.equal(['a'])
    expect(texts).to.deep.equal([
      'inputs.x * 2: number',
      'inputs.x: number',
      '2: number',
      'a > 1 ? "big" : [a]: string',
      'a > 1: boolean',
      'a: number',
      '1: number',
      '"big": string',
      '[a]: list',
      'a: any',
    ])
  })

  it('leaves names, keys, callees and targets of assignments alone', async () => {
    const { texts } = await placesOf(
      'let t = 0; for (const n of inputs.xs) { t += Math.abs(n) } result = { y: t }',
    )
    expect(texts).to.deep.equal([
      '0: number',
      'inputs.xs: any',
      'Math.abs(n): number',
      'n: number',
      '{\n  y: t\n}: record',
      't: any',
    ])
  })

  it('finds the lists of statements', async () => {
    const { lists } = await placesOf('if (inputs.x) { a(); b() } result = 1')
    expect(lists.map(({ length }) => length)).to.deep.equal([2, 2])
  })
})

describe('agree', () => {
  it('lets anything stand for what nobody knows', () => {
    expect([agree('number', 'any'), agree('number', 'number'), agree('number', 'list')]).to.deep.equal([
      true,
      true,
      false,
    ])
  })
})
