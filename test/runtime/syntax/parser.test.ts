import * as acorn from 'acorn'
import { expect } from 'chai'
import { bodyParser } from '../../../src/runtime/syntax/parser.ts'
import { TooDeep } from '../../../src/runtime/syntax/tree.ts'

const parse = bodyParser(acorn)
const MANY = 20_000

/** Each makes a parser call itself once more. */
const NESTS: Record<string, string> = {
  brackets: '(',
  lists: '[',
  records: '({a:',
  blocks: '{',
  calls: 'f(',
  functions: '(function(){',
  'async functions': 'async()=>{',
  arrows: 'a=>',
  templates: '`${',
  sums: '1+',
  powers: '2**',
  conditions: 'a?b:',
  assignments: 'a=',
  signs: '- ',
  awaits: 'await ',
  news: 'new ',
  'else branches': 'if(a);else ',
  loops: 'for(;;)',
  classes: '(class{a(){',
  superclasses: '(class extends ',
  'computed keys': '({[',
  defaults: '(function(a=',
  'optional chains': 'a?.[',
  'HTML comments': '<!--\n',
}

const REST: Record<string, string> = {
  patterns: `var ${'['.repeat(MANY)}`,
  labels: Array.from({ length: MANY }, (_, index) => `a${index}:`).join(''),
  groups: `/${'('.repeat(MANY)}a${')'.repeat(MANY)}/`,
  'classes of characters': `/[${'['.repeat(MANY)}a${']'.repeat(MANY)}]/v`,
}

describe('parsing a body', () => {
  it('takes return and, when asked, await at the top', () => {
    expect(parse('return 1', false).root.type).to.equal('Program')
    expect(() => parse('await x', false)).to.throw(SyntaxError)
    expect(parse('await x', true).root.type).to.equal('Program')
  })

  it('gathers comments', () => {
    const { comments } = parse('/* a */ x // b\n<!-- c', false)
    expect(comments.map(({ type, value }) => `${type}:${value}`)).to.deep.equal([
      'Block: a ',
      'Line: b',
      'Line: c',
    ])
  })

  it('reads what people write, however nested', () => {
    expect(parse(`${'('.repeat(90)}1${')'.repeat(90)}`, false).root.end).to.equal(181)
    expect(parse('x = 1 +\n'.padEnd(1000, '2 +\n').concat('3'), false).root.type).to.equal('Program')
  })

  for (const [name, text] of Object.entries({
    ...Object.fromEntries(Object.entries(NESTS).map(([name, unit]) => [name, unit.repeat(MANY)])),
    ...REST,
  })) {
    it(`refuses ${name} in ${name} long before the stack ends`, () => {
      expect(() => parse(text, true)).to.throw(TooDeep)
      // It recovers: the count starts anew.
      expect(parse('x', true).root.type).to.equal('Program')
    })
  }

  it('wants a version that has the methods it counts', () => {
    class Parser {}
    const old = {
      Parser: Object.assign(Parser, { extend: (plugin: (base: unknown) => unknown) => plugin(Parser) }),
    }
    expect(() => bodyParser(old as never)).to.throw('espalier needs acorn ^8.14')
  })
})
