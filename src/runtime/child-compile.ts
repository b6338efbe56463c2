// From the text of a script to a compiled function, as source text for the inside of a child.
// V8 alone decides what is a program, and where it is wrong; nothing of a script runs in here.

/** The body of a script is a function of its own, so `result` may be assigned, declared or returned. */
const WRAPPER = String.raw`
const open = isAsync => '(function(inputs){var result;return[(' + (isAsync ? 'async ' : '') + 'function(){'
const shut = '\n;return result}),function(){return result}]})'
// The same body where only a colon may follow, which may not follow there: what closes the one cannot close the other.
const openAgain = isAsync => 'function script(){1?' + (isAsync ? 'async' : '') + '()=>{'
const shutAgain = '\n}:0}'
`

/** What is said of a script on which the parser runs out of stack. */
export const TOO_DEEP = 'the script is nested too deeply'

/** A script is compiled once and kept, within 64 scripts and 512 K characters: a vm.Script belongs to no context. */
const UNITS = String.raw`
const units = new Map()
let kept = 0
function compile(text) {
  let unit = units.get(text)
  if (unit) return unit
  // Outside an async function, await (x) is a call of a function named await: so the word decides, not the error.
  unit = attempt(text, text.includes('await'))
  if (unit.isAsync && unit.flaw) {
    const plain = attempt(text, false)
    if (plain.script) unit = plain
  }
  for (const [old] of units) {
    if (units.size < 64 && kept + text.length <= 524288) break
    units.delete(old)
    kept -= old.length
  }
  units.set(text, unit)
  kept += text.length
  return unit
}
function attempt(text, isAsync) {
  let prefix = open(isAsync)
  const code = prefix + text + shut
  try {
    const script = new vm.Script(code, { filename: 'script.js', columnOffset: -prefix.length })
    prefix = openAgain(isAsync)
    if (!staysOpen(text)) new vm.Script(prefix + text + shutAgain, { filename: 'script.js' })
    return { script, isAsync, length: code.length - 2 }
  } catch (error) {
    return { isAsync, flaw: explain(error, text, prefix, prefix !== open(isAsync)) }
  }
}
// Whether no } of a text closes more than the text has opened, where that can be told from its strings, comments and brackets
// alone: without templates and regular expressions. It is three times as quick as to ask V8.
function staysOpen(text) {
  let depth = 0
  for (const [token] of text.matchAll(tokens)) {
    if (token === '{') depth++
    else if (token === '}' ? --depth < 0 : token.length < 2 || token === '<!--' || token === '-->') return false
  }
  return true
}
const tokens = /\/\/.*|\/\*[^]*?\*\/|"(?:[^"\\\n\r]|\\[^])*"|'(?:[^'\\\n\r]|\\[^])*'|[{}\x60\/"']|<!--|-->/g
function parses(code) {
  try {
    return new vm.Script(code) !== undefined
  } catch {
    return false
  }
}
// V8 shows the place above the message: file and line, that line, and carets under what it is about.
function explain(error, text, prefix, isUnopened) {
  const [place, shown, under] = String(error.stack).split('\n')
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/), last = lines.length
  if (error instanceof RangeError) return syntax('${TOO_DEEP}')
  const message = isUnopened ? unopened : error.name + ': ' + error.message
  const line = Number(/^script\.js:(\d+)$/.exec(place)?.[1])
  if (!(line > 0)) return syntax(message)
  if (line > last) {
    const what = isUnopened || parses(prefix + '{' + text + shut) ? unopened : 'SyntaxError: unexpected end of the script'
    return syntax(what, last, lines[last - 1].length + 1)
  }
  const skipped = line === 1 && shown.startsWith(prefix) ? prefix.length : 0
  if (/^\s*\^+\s*$/.test(under)) return syntax(message, line, under.indexOf('^') + 1 - skipped)
  // Only what goes on after its line has no carets.
  const comment = lines[line - 1].lastIndexOf('/*')
  return comment === -1 ? syntax(message, line) : syntax('SyntaxError: a comment is not closed', line, comment + 1)
}
const unopened = 'SyntaxError: the script closes a bracket that it did not open'
const syntax = (m, l, c) => JSON.stringify([{ k: 'syntax', m, l, c: c > 0 ? c : undefined }])
`

/** Needs `vm`; gives `compile`, and `syntax` for answers of its kind. */
export const COMPILE = WRAPPER + UNITS
