import * as acorn from 'acorn'
import * as astring from 'astring'
import { expect } from 'chai'
import { bodyParser } from '../../../src/runtime/syntax/parser.ts'
import { PrintError, treePrinter } from '../../../src/runtime/syntax/printer.ts'
import { type SyntaxTree, toTree } from '../../../src/runtime/syntax/tree.ts'

const parse = bodyParser(acorn)
const print = treePrinter(astring)
const again = (script: string) => print(toTree(parse(script, true).root, false) as SyntaxTree).trim()

describe('printing', () => {
  it('keeps the brackets that mean something', () => {
    for (const script of [
      '(a?.b).c;',
      '(a?.())();',
      'new (a?.b)();',
      'x = (() => {}) ? 1 : 2;',
      '(-a) ** b;',
      'a ** -b;',
      '(a ?? b) || c;',
      '(function () {})();',
      'for (var i = ("a" in b); ; ) ;',
      'for ((async) of x) ;',
      'await (/=/);',
      'x = () => ({a} = b);',
      'x = () => ({});',
      'a - -b;',
    ])
      expect(again(script)).to.equal(script)
  })

  it('keeps directives apart from strings', () => {
    expect(again("'use strict'; x")).to.equal('"use strict";\nx;')
    expect(again("('use strict'); x")).to.equal('("use strict");\nx;')
    expect(again(String.raw`'use\x20strict'`)).to.equal(String.raw`"use\x20strict";`)
    expect(again(`'say "hi"'`)).to.equal(`'say "hi"';`)
  })

  it('names the node it could not print', () => {
    const bad = { type: 'hasOwnProperty' }
    const tree = { type: 'Program', body: [{ type: 'ExpressionStatement', expression: bad }] } as SyntaxTree
    let error: unknown
    try {
      print(tree)
    } catch (thrown) {
      error = thrown
    }
    expect(error).to.be.instanceOf(PrintError)
    expect((error as PrintError).node).to.equal(bad)
    expect(String(error)).to.include('has the unknown type "hasOwnProperty"')
  })
})
