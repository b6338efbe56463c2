/**
 * HTML as a value of its own: what a template puts in is escaped unless it is markup already, so that nothing has to be
 * remembered where a name or a reason goes into a page.
 */

/** Text that is HTML or SVG. Made by `html` alone, and by `trusted` for what this library wrote itself. */
export class Markup {
  readonly text: string

  /** @internal */
  constructor(text: string) {
    this.text = text
  }

  toString(): string {
    return this.text
  }
}

/** What may stand in a template; `null` and `false` are nothing. */
export type Content = Markup | string | number | null | false | readonly Content[]

/**
 * Markup with values in it, also in attributes when they are quoted.
 *
 *     html`<td title="${name}">${name}</td>`
 */
export function html(pieces: TemplateStringsArray, ...values: readonly Content[]): Markup {
  let text = pieces[0] as string
  values.forEach((value, i) => {
    text += textOf(value) + pieces[i + 1]
  })
  return new Markup(text)
}

/** Text of the library's own as markup. */
export const trusted = (text: string): Markup => new Markup(text)

/** Text as it may stand between tags and in quoted attributes. Signs that are not seen, or turn text around, show as �. */
export const escapeText = (text: string): string =>
  text.replace(UNSEEN, '\ufffd').replace(/[&<>"']/g, sign => ENTITIES[sign] as string)

/** JSON as it may stand in a script element. */
export const escapeJson = (json: string): string =>
  json.replace(/[<>&\u2028\u2029]/g, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** A text of at most so many characters, with a mark where it was cut. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text
  const isPair = 0xd800 <= text.charCodeAt(length - 2) && text.charCodeAt(length - 2) < 0xdc00
  return `${text.slice(0, length - (isPair ? 2 : 1))}…`
}

/** A text on one line, without signs that steer a terminal or turn text around. */
export const lineText = (text: string): string => text.replace(/\s/g, ' ').replace(UNSEEN, '\ufffd')

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function textOf(value: Content): string {
  if (value instanceof Markup) return value.text
  if (value === null || value === false) return ''
  if (typeof value === 'object') return value.map(textOf).join('')
  return escapeText(String(value))
}
