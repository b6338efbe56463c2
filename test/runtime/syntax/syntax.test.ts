import { expect } from 'chai'
import fc from 'fast-check'
import { jsonText } from '../../../src/runtime/json.ts'
import { Sandbox } from '../../../src/runtime/sandbox.ts'
import { loadSyntax, peer, type Syntax } from '../../../src/runtime/syntax/syntax.ts'
import type { SyntaxNode, SyntaxTree } from '../../../src/runtime/syntax/tree.ts'
import { program } from './programs.ts'

describe('the syntax of scripts', () => {
  let syntax: Syntax
  before(async () => {
    syntax = await loadSyntax()
  })

  const treeOf = (script: string, options = {}): SyntaxTree => {
    const parsed = syntax.parse(script, options)
    if (!parsed.ok) throw new Error(`${script}: ${parsed.message}`)
    return parsed.tree
  }
  const textOf = (tree: SyntaxNode): string => {
    const printed = syntax.print(tree)
    return printed.ok ? printed.script : `${printed.kind}: ${printed.message}`
  }
  /** A program of one expression. */
  const only = (expression: unknown) =>
    ({
      type: 'Program',
      sourceType: 'script',
      body: [{ type: 'ExpressionStatement', expression }],
    }) as SyntaxNode

  it('reads a body to plain JSON, and writes it', () => {
    const tree = treeOf('return inputs.x+1')
    expect(tree).to.deep.equal({
      type: 'Program',
      body: [
        {
          type: 'ReturnStatement',
          argument: {
            type: 'BinaryExpression',
            left: {
              type: 'MemberExpression',
              object: { type: 'Identifier', name: 'inputs' },
              property: { type: 'Identifier', name: 'x' },
              computed: false,
              optional: false,
            },
            operator: '+',
            right: { type: 'Literal', value: 1 },
          },
        },
      ],
      sourceType: 'script',
    })
    expect(textOf(tree)).to.equal('return inputs.x + 1;\n')
  })

  it('gives an equal tree after printing, for any program', () => {
    let valid = 0
    let all = 0
    const law = fc.property(program, script => {
      all++
      const parsed = syntax.parse(script, { comments: true })
      if (!parsed.ok) {
        expect(parsed.kind).to.be.oneOf(['syntax', 'unreadable'])
        return
      }
      valid++
      jsonText(parsed.tree, 'tree')
      const printed = syntax.print(parsed.tree)
      if (!printed.ok) expect.fail(`${printed.message} in ${script}`)
      expect(treeOf(printed.script, { comments: true })).to.deep.equal(parsed.tree)
    })
    fc.assert(law, { numRuns: 600, seed: 20 })
    expect(valid / all).to.be.above(0.97)
  })

  it('never prints what the tree does not say, and never throws', () => {
    const pieces = fc.oneof(
      fc.constantFrom<unknown>(null, 0, -1, 'x', '*/ evil() /*', 'a; evil()', '\n', true, [], {}, Number.NaN),
      fc.constantFrom<unknown>(
        { type: 'Identifier', name: 'a' },
        { type: 'Identifier', name: 'a.b' },
        { type: 'Super' },
        { type: '__proto__' },
      ),
      fc.constant({ type: 'Literal', value: 'text' }),
      fc.constant(() => 1),
    )
    let printed = 0
    const law = fc.property(program, fc.nat(), pieces, (script, pick, piece) => {
      const parsed = syntax.parse(script, { comments: true })
      if (!parsed.ok) return
      const tree = structuredClone(parsed.tree)
      const places = placesIn(tree)
      const [holder, key] = places[pick % places.length]!
      holder[key] = piece
      const outcome = syntax.print(tree)
      if (!outcome.ok) return
      printed++
      expect(treeOf(outcome.script, { comments: true })).to.deep.equal(tree)
    })
    fc.assert(law, { numRuns: 300, seed: 20 })
    expect(printed).to.be.above(5)
  })

  it('says where a text is no program, with the words of V8', () => {
    const cases: [string, number, number, string][] = [
      ['result = = 1', 1, 10, "Unexpected token '='"],
      ['let a = 1\nlet a = 2', 2, 5, 'already been declared'],
      ['if (true) {\n  result = 1', 2, 13, ''],
      ['await 1; result = = 2', 1, 19, ''],
      ['}});(function(){', 1, 2, ''],
      ['const fs = await import("fs")', 1, 18, 'import is not available'],
    ]
    for (const [script, line, column, words] of cases) {
      const parsed = syntax.parse(script)
      expect(parsed, script).to.deep.include({ ok: false, kind: 'syntax', line, column })
      if (!parsed.ok) expect(parsed.message).to.include(words)
    }
  })

  it('takes for a program what the sandbox does, whatever acorn says', async () => {
    await using sandbox = new Sandbox({ size: 1 })
    const edges = [
      'let inputs = 1',
      'let result = 1',
      '}});(function(){',
      '}, function () {',
      'f() = 1',
      'new.target',
      'super.x',
      'import.meta',
      'using x = 1',
      '/(?<a>x)|(?<a>y)/',
      '@x class A {}',
      'for (var i = 0 in {});',
      'for (async of []);',
      'async () => { for await (x of y); }',
      '(async function* () { yield /a/ })',
      '<!-- x',
      '#x in y',
      'f`\\u{}`',
    ]
    for (const script of edges) {
      const outcome = await sandbox.run(script, null)
      const isProgram = outcome.ok || outcome.kind !== 'syntax'
      const parsed = syntax.parse(script)
      expect(parsed.ok || parsed.kind !== 'syntax', script).to.equal(isProgram)
      if (!parsed.ok && !outcome.ok && parsed.kind === 'syntax')
        expect(parsed.message).to.equal(outcome.message)
    }
    expect(syntax.parse('a\nf() = 1')).to.deep.equal({
      ok: false,
      kind: 'unreadable',
      message: 'V8 takes it for a program, and acorn does not: SyntaxError: Assigning to rvalue',
      line: 2,
      column: 1,
    })
  })

  it('takes await for a name where the sandbox would', () => {
    expect(textOf(treeOf('await (x)'))).to.equal('await x;\n')
    expect(textOf(treeOf('const await = 1; return await'))).to.equal('const await = 1;\nreturn await;\n')
  })

  it('has a form in JSON for every literal', () => {
    const literals = (script: string) => (treeOf(script).body as SyntaxNode[]).map(node => node.expression)
    expect(literals('0x10; 1e999; 10n; /a/g; null; `a\\n`')).to.deep.equal([
      { type: 'Literal', value: 16 },
      { type: 'Literal', value: null, raw: '1e999' },
      { type: 'Literal', value: null, bigint: '10' },
      { type: 'Literal', value: null, regex: { pattern: 'a', flags: 'g' } },
      { type: 'Literal', value: null },
      {
        type: 'TemplateLiteral',
        expressions: [],
        quasis: [{ type: 'TemplateElement', value: { raw: 'a\\n', cooked: 'a\n' }, tail: true }],
      },
    ])
  })

  it('keeps positions and comments on request', () => {
    const script = '// sum\nreturn a + b // of two'
    const tree = treeOf(script, { positions: true, comments: true })
    const [statement] = tree.body as [SyntaxNode]
    expect(script.slice(...(statement.range as [number, number]))).to.equal('return a + b')
    expect(statement.comments).to.deep.equal([
      { type: 'Line', value: ' sum' },
      { type: 'Line', value: ' of two' },
    ])
    expect(textOf(tree)).to.equal('// sum\n// of two\nreturn a + b;\n')
    expect(textOf(treeOf(script))).to.equal('return a + b;\n')
  })

  it('says which part of a tree no text can say', () => {
    const name = { type: 'Identifier', name: 'a' }
    const cases: [unknown, string][] = [
      [{ type: 'Literal', value: -5 }, 'body[0].expression Literal would be read back as UnaryExpression'],
      [
        { type: 'Identifier', name: 'a; evil()' },
        'body[0].expression.name "a; evil()" would be read back as "a"',
      ],
      [{ type: 'constructor' }, 'body[0].expression has the unknown type "constructor"'],
      [
        { type: 'ArrayExpression', elements: [{ type: 'Nope' }] },
        'body[0].expression.elements[0] has the unknown type',
      ],
      [{ type: 'UnaryExpression', prefix: true, operator: '-' }, 'body[0].expression lacks a part'],
      [{ ...name, extra: 1 }, 'body[0].expression.extra Identifier has no such part'],
      [{ type: 'Literal', value: Symbol() }, 'body[0].expression.value is a symbol, which JSON cannot hold'],
    ]
    for (const [expression, message] of cases)
      expect(textOf(only(expression))).to.include(`bad_tree: ${message}`)
    expect(syntax.print(only({ type: 'Literal', value: -5 }))).to.include({ path: 'body[0].expression' })
    for (const nothing of [null, {}, [], 'x', only(name).body])
      expect(textOf(nothing as SyntaxNode)).to.equal('bad_tree: the tree must be a node of type Program')
    const twice = {
      type: 'VariableDeclaration',
      kind: 'let',
      declarations: [{ type: 'VariableDeclarator', id: name, init: null }],
    }
    expect(textOf({ ...only(name), body: [twice, twice] } as SyntaxNode)).to.include(
      'has already been declared',
    )
  })

  it('reads an else without a block for what it would be', () => {
    const [inner] = treeOf('if (a) b').body as [SyntaxNode]
    const outer = { ...inner, consequent: inner, alternate: (treeOf('c').body as SyntaxNode[])[0]! }
    expect(textOf({ ...only(null), body: [outer] } as SyntaxNode)).to.include('bad_tree: body[0]')
  })

  it('takes trees of other tools, with spellings and positions', () => {
    const literal = {
      type: 'Literal',
      value: 16,
      raw: '0x10',
      start: 0,
      end: 4,
      loc: { start: {}, end: {} },
      range: [0, 4],
    }
    expect(textOf(only(literal))).to.equal('16;\n')
  })

  it('bounds depth', () => {
    const chain = `a${'.a'.repeat(5000)}`
    for (const script of ['('.repeat(30_000), chain, `${'1+'.repeat(400)}1`])
      for (const comments of [false, true])
        expect(syntax.parse(script, { comments })).to.include({
          kind: 'too_deep',
          message: 'the script is nested too deeply',
        })
    let deep: unknown = { type: 'Identifier', name: 'a' }
    for (let level = 0; level < 2000; level++)
      deep = { type: 'UnaryExpression', operator: '!', prefix: true, argument: deep }
    expect(textOf(only(deep))).to.equal('too_deep: the tree is nested too deeply')
    const circular: Record<string, unknown> = { ...only(null) }
    circular.body = [circular]
    expect(textOf(circular as SyntaxNode)).to.include('too_deep')
  })

  it('bounds size', async () => {
    const small = await loadSyntax({ maxSource: 20 })
    expect(small.parse('x'.repeat(21))).to.include({ kind: 'source_too_large' })
    expect(small.print(treeOf(`x = '${'y'.repeat(30)}'`))).to.include({ kind: 'source_too_large' })
    // Twenty levels of two are a million parts, though only twenty objects.
    let shared: unknown = { type: 'Identifier', name: 'a' }
    for (let level = 0; level < 20; level++)
      shared = { type: 'BinaryExpression', operator: '+', left: shared, right: shared }
    expect(textOf(only(shared))).to.include('parts')
    const error: unknown = await loadSyntax({ maxSource: 0 }).catch((reason: unknown) => reason)
    expect(String(error)).to.equal('RangeError: maxSource must be a whole number from 1, got 0')
    expect(syntax.parse(5 as never)).to.include({
      kind: 'syntax',
      message: 'a script must be a string, got number',
    })
  })

  it('says which package is missing', async () => {
    const error: unknown = await peer('acorn', '^8.14', Promise.reject(new Error('not found'))).catch(
      (reason: unknown) => reason,
    )
    expect(String(error)).to.include('syntax trees need the package acorn (^8.14): npm install acorn')
  })
})

type Holder = Record<string, unknown>

/** Every key of every object in a tree. */
function placesIn(value: object): [Holder, string][] {
  return Object.entries(value).flatMap(([key, part]) => [
    [value as Holder, key],
    ...(typeof part === 'object' && part !== null ? placesIn(part as object) : []),
  ])
}
