/**
 * What the type cases expect of a compiler, and what it said: marks in comments on one side, diagnostics on the other,
 * and the sentences about where they differ. `types.test.ts` brings the two together.
 *
 *     model.rebind({ 'head.unit': 64 }) //~ NoSuchField<"unit"      must fail on this line, in these words
 *     model.rebind(() => 1) //? not assignable                       should fail, but compiles as things are
 *     model.root.rebind({ rate: 1 }) //! NoSuchField                 should compile, but fails as things are
 */

/** Wrong code that fails, wrong code that compiles, and right code that fails. */
export type Kind = 'refused' | 'gap' | 'burden'

/** A line that a case file marks. */
export interface Mark {
  readonly file: string
  readonly line: number
  readonly words: string
  readonly kind: Kind
}

/** One error of a compiler, its continuation lines included in the message. */
export interface Diagnostic {
  readonly file: string
  readonly line: number
  readonly message: string
}

const KINDS: { readonly [sign: string]: Kind } = { '~': 'refused', '?': 'gap', '!': 'burden' }

/** The marks in the text of a case file; several `//~` on one line must all be met. */
export function marksIn(file: string, text: string): Mark[] {
  return text.split('\n').flatMap((content, index) => {
    const [, ...marks] = content.split(/(?=\/\/[~?!] )/)
    return marks.map(mark => ({
      file,
      line: index + 1,
      words: mark.slice(3).trim(),
      kind: KINDS[mark.charAt(2)] ?? 'refused',
    }))
  })
}

/** The diagnostics in what `tsc --pretty false` prints. */
export function diagnosticsIn(output: string): Diagnostic[] {
  const found: { file: string; line: number; message: string }[] = []
  for (const text of output.split('\n')) {
    const start = /^(?:(.+?)\((\d+),\d+\): )?error (TS\d+: .*)$/.exec(text)
    if (start !== null)
      found.push({ file: start[1] ?? '', line: Number(start[2] ?? 0), message: start[3] ?? '' })
    else if (text.trim() !== '') found.at(-1)!.message += `\n${text}`
  }
  return found
}

/** A sentence for each mark that was not met, and for each diagnostic that no mark asked for. */
export function differences(marks: readonly Mark[], diagnostics: readonly Diagnostic[]): string[] {
  const sentences: string[] = []
  const at = ({ file, line }: Mark | Diagnostic): string => `${file}:${line}`
  const onLineOf = (mark: Mark): readonly Diagnostic[] =>
    diagnostics.filter(diagnostic => at(diagnostic) === at(mark))

  for (const mark of marks) {
    const said = onLineOf(mark).map(diagnostic => diagnostic.message)
    const isMet = said.some(message => message.includes(mark.words))
    if (mark.kind === 'gap') {
      if (said.length > 0) sentences.push(`${at(mark)} is refused now, turn its //? into //~: ${said[0]}`)
    } else if (mark.kind === 'burden') {
      if (said.length === 0) sentences.push(`${at(mark)} compiles now, take its //! away`)
    } else if (said.length === 0) {
      sentences.push(`${at(mark)} compiles, and should fail saying: ${mark.words}`)
    } else if (!isMet) {
      sentences.push(`${at(mark)} should fail saying: ${mark.words}\n  but says: ${said.join('\n  and: ')}`)
    }
  }
  const marked = new Set(marks.map(at))
  for (const diagnostic of diagnostics) {
    if (!marked.has(at(diagnostic))) {
      sentences.push(`${at(diagnostic)} should compile, but fails saying: ${diagnostic.message}`)
    }
  }
  return sentences
}
