import * as acorn from 'acorn'
import { expect } from 'chai'
import type { Json } from '../../../src/runtime/json.ts'
import { attachComments, commentsAsNodes } from '../../../src/runtime/syntax/comments.ts'
import { bodyParser } from '../../../src/runtime/syntax/parser.ts'
import { type SyntaxComment, type SyntaxNode, toTree } from '../../../src/runtime/syntax/tree.ts'

const parse = bodyParser(acorn)

/** Which node has which comments: `ReturnStatement: a, b`, and `Program end: c` for those at the end of a list. */
function places(script: string): string[] {
  const { root, comments } = parse(script, false)
  attachComments(root, comments, script)
  const found: string[] = []
  const visit = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return
    const { type, comments, trailingComments, ...parts } = value as SyntaxNode
    const say = (list: Json | undefined) =>
      (list as SyntaxComment[]).map(comment => comment.value.trim()).join(', ')
    if (comments) found.push(`${type}: ${say(comments)}`)
    Object.values(Array.isArray(value) ? value : parts).forEach(visit)
    if (trailingComments) found.push(`${type} end: ${say(trailingComments)}`)
  }
  visit(toTree(root, false))
  return found
}

describe('comments of a tree', () => {
  it('belong to the statement below them, or beside them', () => {
    expect(places('// a\n/* b */ x; // c\ny // d')).to.deep.equal([
      'ExpressionStatement: a, b, c',
      'ExpressionStatement: d',
    ])
  })

  it('move out of an expression to its statement', () => {
    expect(places('x = [ // a\n 1, /* b */ 2 ]')).to.deep.equal(['ExpressionStatement: a, b'])
    expect(places('f(function () { return 1 /* c */ })')).to.deep.equal(['ReturnStatement: c'])
  })

  it('belong to the block when nothing follows', () => {
    expect(places('// alone')).to.deep.equal(['Program end: alone'])
    expect(places('x\n// after')).to.deep.equal(['Program end: after'])
    expect(places('if (a) {\n // empty\n}')).to.deep.equal(['BlockStatement end: empty'])
    expect(places('class A {\n // m\n m() {}\n // end\n}')).to.deep.equal([
      'MethodDefinition: m',
      'ClassBody end: end',
    ])
    expect(places('switch (a) { case 1: /* b */ c; }')).to.deep.equal(['ExpressionStatement: b'])
  })

  it('become lines of their own to be written', () => {
    const x = { type: 'X', comments: [{ type: 'Line', value: ' a' }] }
    const tree = { type: 'Program', body: [x], trailingComments: [{ type: 'Block', value: 'b' }] }
    expect(commentsAsNodes(tree)).to.deep.include({
      body: [{ type: 'Comment', text: '// a' }, x, { type: 'Comment', text: '/*b*/' }],
    })
    const plain = { type: 'Program', body: [{ type: 'X' }] }
    expect(commentsAsNodes(plain)).to.equal(plain)
  })
})
