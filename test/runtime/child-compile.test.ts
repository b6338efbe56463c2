// Compiling scripts, in this process: nothing of them runs.

import vm from 'node:vm'
import { expect } from 'chai'
import fc from 'fast-check'
import { COMPILE } from '../../src/runtime/child-compile.ts'

interface Unit {
  readonly script?: vm.Script
  readonly isAsync: boolean
  readonly flaw?: string
}

interface Flaw {
  readonly k: string
  readonly m: string
  readonly l?: number
  readonly c?: number
}

const compile = vm.runInThisContext(`(function (vm) {${COMPILE}; return compile })`)(vm) as (
  text: string,
) => Unit

/** What is wrong, if anything is: the message with line and column. */
function flawOf(text: string): string | undefined {
  const { script, flaw } = compile(text)
  expect(script === undefined, text).to.equal(flaw !== undefined)
  if (flaw === undefined) return undefined
  const [{ k, m, l, c }] = JSON.parse(flaw) as [Flaw]
  expect(k).to.equal('syntax')
  return `${l}:${c} ${m}`
}

function compiles(code: string): boolean {
  try {
    return new vm.Script(code) !== undefined
  } catch {
    return false
  }
}

describe('compiling', () => {
  it('makes a function of a body, async when it has to be', () => {
    expect(compile('return 1').isAsync).to.equal(false)
    expect(compile('await 1').isAsync).to.equal(true)
    expect(compile('const await = 1').isAsync).to.equal(false)
    expect(compile('"await"').isAsync).to.equal(true)
  })

  it('keeps what it made', () => {
    const unit = compile('kept = 1')
    expect(compile('kept = 1')).to.equal(unit)
    for (let index = 0; index < 64; index++) compile(`other = ${index}`)
    expect(compile('kept = 1')).to.not.equal(unit)
    const large = Array.from('abc', name => `${name} = '${'x'.repeat(200_000)}'`)
    const [a, b, c] = large.map(compile)
    const again = large.reverse().map(compile)
    expect([again[0] === c, again[1] === b, again[2] === a]).to.deep.equal([true, true, false])
  })

  it('places what is wrong in the script', () => {
    const cases: Record<string, string> = {
      '=': '1:1 SyntaxError: ',
      'let a = 1\n  let a = 2': '2:7 SyntaxError: ',
      'x = ': '1:5 SyntaxError: unexpected end of the script',
      'if (1) {\n  x': '2:4 SyntaxError: unexpected end of the script',
      '`abc\n def': '2:5 SyntaxError: unexpected end of the script',
      'let a\n  /* never closed\n ever': '2:3 SyntaxError: a comment is not closed',
      'a\n"open': '2:1 SyntaxError: ',
      '/(/': '1:1 SyntaxError: ',
      'await 1; = 2': '1:10 SyntaxError: ',
      '^^^': '1:1 SyntaxError: ',
    }
    // What V8 says in its own words differs between versions.
    for (const [text, flaw] of Object.entries(cases))
      expect(flawOf(text), text).to.match(new RegExp(`^${flaw}`))
    expect(flawOf('('.repeat(50_000))).to.equal('undefined:undefined the script is nested too deeply')
  })

  it('names a bracket too many, and runs nothing after it', () => {
    const unopened = 'SyntaxError: the script closes a bracket that it did not open'
    const cases: Record<string, string> = {
      'function f() {\n}\n}': '3:2',
      '}, function () { x = 1': '1:2',
      'x = "{"\n}[0] = function () { x = 1': '2:2',
      '}),0]});for (;;);(function(inputs){var result;return[(function(){': '1:2',
      'await 0 /* */}),0]});for (;;);(async function(inputs){var result;return[(async function(){await 0':
        '1:15',
    }
    for (const [text, place] of Object.entries(cases))
      expect(flawOf(text), text).to.equal(`${place} ${unopened}`)
  })

  it('knows a body from what closes its wrapper, however that is written', () => {
    const plain = '} { {} ( ) , ; :0 0 a = [0] .a 1? ! + / " \' function(){ ()=>{ async()=>{ if(0){ return 0'
    const quoted = `"}" '{' "\\"}" /*}*/ /*{*/ /}/ /[/{]/ ${'`}` `{` `$'}{0}\``
    const lines = [' ', '\n', '//}\n', '//{\n', '<!--}\n', '\n-->{\n']
    const part = fc.constantFrom(...plain.split(' '), ...quoted.split(' '), ...lines)
    const parts = fc.array(part, { maxLength: 5 }).map(all => all.join(''))
    const joint = fc.constantFrom(...', [0]= .a= + || ?0: (0), `x`, /1, /*{*/, ),( :0,1?'.split(' '), '')
    const opened = fc.constantFrom('function(){', 'async function(){', '()=>{', '{', '')
    const closing = fc.tuple(parts, joint, opened, parts)
    const text = fc.oneof(
      parts,
      closing.map(([before, ...after]) => `${before}}${after.join('')}`),
    )
    let closers = 0
    fc.assert(
      fc.property(text, text => {
        const isClosed = compiles(`[(function(){${text}\n;return 0})]`)
        // The colon that follows here may not follow there, so a text that closes one of the two is refused by the other.
        const isBody = isClosed && compiles(`(function(){1?()=>{${text}\n}:0})`)
        if (isClosed && !isBody) closers++
        expect(compile(text).script !== undefined).to.equal(isBody)
      }),
      { numRuns: 3000, seed: 3 },
    )
    expect(closers).to.be.above(50)
  })
})
