/**
 * Where a text stops being JSON. V8 says it in words, mostly without a position on Node 20, so the text is read once
 * more, only to find the place: one token after the other, with a stack of the open brackets.
 */

const SPACE = /[ \t\n\r]*/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings may not hold these characters as they are.
const STRING_START = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y

/** The index of the first character that cannot stand where it does (the length when the text ends early); -1 for JSON. */
export function jsonErrorIndex(text: string): number {
  const open: ('[' | '{')[] = []
  let at = 0
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    const isMatch = pattern.test(text)
    if (isMatch) at = pattern.lastIndex
    return isMatch
  }
  const string = (): boolean => {
    if (!skip(STRING_START) || text[at] !== '"') return false
    at++
    return true
  }
  /** A key and its colon, or false at what stands there instead. */
  const key = (): boolean => {
    skip(SPACE)
    if (!string()) return false
    skip(SPACE)
    if (text[at] !== ':') return false
    at++
    return true
  }
  for (;;) {
    skip(SPACE)
    const bracket = text[at]
    let isValue = true
    if (bracket === '[' || bracket === '{') {
      at++
      skip(SPACE)
      const isEmpty = text[at] === (bracket === '[' ? ']' : '}')
      if (isEmpty) at++
      else {
        open.push(bracket)
        if (bracket === '{' && !key()) return at
        isValue = false
      }
    } else if (bracket === '"' ? !string() : !skip(WORD) && !skip(NUMBER)) return at
    if (!isValue) continue
    // A value is complete: close what it ends, up to a comma.
    for (;;) {
      skip(SPACE)
      const inside = open[open.length - 1]
      if (inside === undefined) return at === text.length ? -1 : at
      if (text[at] === ',') break
      if (text[at] !== (inside === '[' ? ']' : '}')) return at
      at++
      open.pop()
    }
    at++
    if (open[open.length - 1] === '{' && !key()) return at
  }
}

/** Where that is, as people count: ` (line 3, column 14)`. */
export function placeOfJsonError(text: string): string {
  const at = jsonErrorIndex(text)
  if (at < 0) return ''
  const before = text.slice(0, at).split('\n')
  return ` (line ${before.length}, column ${(before[before.length - 1] as string).length + 1})`
}
