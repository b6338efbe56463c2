/** Random programs as text, every construct of the language that a script's body may have, spelled in many ways. */

import fc from 'fast-check'

type Text = fc.Arbitrary<string>

/** What stands between two words: `~` in the templates below. */
const gap: Text = fc.constantFrom(' ', ' ', '  ', ' /* c */ ', ' /**/ ')

/** A text with arbitrary parts; \` and \$ stand for themselves. */
function say(strings: TemplateStringsArray, ...parts: Text[]): Text {
  return fc.tuple(gap, ...parts).map(([space, ...texts]) => {
    const pieces = strings.raw.map(piece => piece.replaceAll('~', space).replace(/\\([`$])/g, '$1'))
    return pieces.map((piece, index) => piece + (texts[index] ?? '')).join('')
  })
}

const name: Text = fc.constantFrom(
  'a',
  'b',
  'c',
  'inputs',
  'result',
  'async',
  'of',
  'get',
  'set',
  'é',
  '$',
  '_',
)
const key: Text = fc.constantFrom(
  'a',
  'if',
  '0',
  '"a b"',
  "'x'",
  '[a]',
  '["y"]',
  '1e3',
  'get',
  'async',
  '__proto__',
)

const number: Text = fc.constantFrom(
  '0',
  '1',
  '.5',
  '1e21',
  '0x1F',
  '0b11',
  '1_000',
  '1e999',
  '10n',
  '0xffn',
  '5e-324',
  '9007199254740993',
)
const string: Text = fc.constantFrom(
  `''`,
  `"a'b"`,
  `'a"b'`,
  String.raw`'\x41\n\0'`,
  String.raw`"\u{1F600}\ud800"`,
  `'use strict'`,
  `"</script>"`,
)
const regex: Text = fc.constantFrom('/a/', '/[/\\]]+/gi', '/(?<n>a)\\k<n>/u', '/^$/dgimsuy', '/=/')
const binary = fc.constantFrom(
  '+',
  '-',
  '*',
  '/',
  '%',
  '**',
  '<',
  '>=',
  '==',
  '!==',
  '<<',
  '>>>',
  '&',
  '|',
  '^',
  'in',
  'instanceof',
)
const logical = fc.constantFrom('&&', '||', '??')
const assigned = fc.constantFrom('=', '+=', '**=', '&&=', '??=', '>>>=')
const prefix = fc.constantFrom('-', '+', '!', '~', 'typeof ', 'void ', 'delete ')
const update = fc.constantFrom('++', '--')

interface Parts {
  expression: string
  operand: string
  target: string
  pattern: string
  parameters: string
  member: string
  property: string
  statement: string
  body: string
}

const { body, statement } = fc.letrec<Parts>(tied => {
  const tie = (part: keyof Parts): Text => tied(part) as Text
  const many = (item: Text, separator: string, maxLength = 3): Text =>
    fc.array(item, { maxLength }).map(items => items.join(separator))
  const maybe = (item: Text): Text => fc.oneof(fc.constant(''), item)
  const expression = tie('expression')
  const operand = tie('operand')
  const target = tie('target')
  const pattern = tie('pattern')
  const parameters = tie('parameters')
  const inner = tie('body')
  const inside = { maxDepth: 5, depthIdentifier: 'program', depthSize: 'small' } as const
  return {
    // Brackets around everything: dropping the needless ones is the printer's work.
    operand: fc.oneof(inside, name, number, string, regex, fc.constant('this'), say`(${expression})`),
    expression: fc.oneof(
      inside,
      name,
      number,
      string,
      regex,
      say`(${expression})`,
      say`${operand}~${binary}~${operand}`,
      say`(${operand}~${logical}~${operand})`,
      say`${operand}~?~${operand}~:~${expression}`,
      say`${prefix}${operand}`,
      say`${update}${target}`,
      say`${target}${update}`,
      say`${target}~${assigned}~${operand}`,
      say`(${pattern}~=~${operand})`,
      say`(${operand}).a`,
      say`(${operand})?.[${expression}]`,
      say`(${operand}?.a).b`,
      say`(${operand}?.(${expression}))()`,
      say`${operand}(${expression},~...${operand})`,
      say`new~(${expression})(${expression})`,
      say`new~(${operand})`,
      say`[${many(maybe(expression), ', ')}]`,
      say`({~${many(tie('property'), ', ')}~})`,
      say`(${parameters})~=>~(${expression})`,
      say`(async~(${parameters})~=>~{${inner}})`,
      say`(function~(${parameters}) {${inner}})`,
      say`(async function*~named(${parameters}) {~yield~${operand};~yield*~await~${operand} })`,
      say`(class~extends~(${operand}) { #p;${many(tie('member'), '\n')}~is(x) {~return~#p~in~x~&&~x.#p } })`,
      say`\`x\${${expression}}\\n\``,
      say`${operand}\`\\unicode\${${expression}}\``,
      say`(${expression},~${expression})`,
      say`await~(${expression})`,
    ),
    target: fc.oneof(inside, name, say`(${operand}).a`, say`(${operand})[${expression}]`),
    pattern: fc.oneof(
      inside,
      say`[${target},~,~${target}~=~${expression},~...${target}]`,
      say`{~a,~"b":~${target},~[${expression}]:~${target}~=~1,~...c~}`,
    ),
    parameters: fc.constantFrom('', 'x', 'x, y = 1', '{ x, y: [z] = [] }', '...x', '[x, , ...y], z'),
    property: fc.oneof(
      inside,
      name,
      say`...${operand}`,
      say`${key.filter(text => text !== '__proto__')}:~${expression}`,
      say`get~${key}() {${inner}}`,
      say`async~*m(${parameters}) {${inner}}`,
    ),
    member: fc.oneof(
      inside,
      say`static~${key}~=~${expression};`,
      say`get~${key}() {${inner}}`,
      say`static {${fc.constant('a()')}}`,
      say`set~${key}(x) {${inner}}`,
      say`async~m(${parameters}) {${inner}}`,
      fc.constant('get; async; static;'),
    ),
    statement: fc.oneof(
      inside,
      say`${expression.filter(isStatement)};`,
      say`('use strict');`,
      say`var~a~=~${expression},~${pattern.map(() => '[b]')}~=~${expression};`,
      say`if~(${expression})~{~${tie('statement')} }~else~{${inner}}`,
      say`if~(${expression})~{~if~(a)~b()~}~else~c()`,
      say`for~(var i~=~(${expression});~;~${expression}) {${inner}}`,
      say`for~(const { x } of~${operand}) {${inner}}`,
      say`for~((async)~of~${operand});`,
      say`for~(${target}~in~${operand}) {~continue }`,
      say`here:~while~(${expression}) {~break~here~}`,
      say`do {${inner}}~while~(${expression})`,
      say`try {${inner}} catch~{} finally {${inner}}`,
      say`try {${inner}} catch~({~message~}) {${inner}}`,
      say`switch~(${expression}) {~case~(${expression}):~${tie('statement')};~break;~default: {${inner}} }`,
      say`{ function~f(${parameters}) {${inner}} }`,
      say`{ class~C {${many(tie('member'), '\n')}} }`,
      say`throw~(${expression});`,
      say`return~(${expression});`,
      fc.constantFrom(';', '// a line\n', '/* a\n block */', '{ let x = 1; const y = 2 }'),
    ),
    body: fc
      .tuple(fc.constantFrom('', '', `'a\\'b"';`, '// first\n'), many(tie('statement'), '\n', 3))
      .map(parts => parts.join('\n')),
  }
})

/** Whether an expression may begin a statement. */
function isStatement(text: string): boolean {
  return !/^\s*(?:\{|function|class|let|async)/.test(text)
}

export const program: Text = fc.oneof(
  body,
  fc.array(statement, { maxLength: 4 }).map(texts => texts.join('\n')),
)
