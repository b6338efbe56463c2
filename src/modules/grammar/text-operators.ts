/** Operators on text. Positions count UTF-16 units, as JavaScript does; `chars` and `reverseText` keep characters whole. */

import { define } from './operator.ts'
import { addBits } from './sizes.ts'
import { call, infix, MAX_QUOTIENT, MAX_STEPS, MEMBER, method, OR, SUM, written } from './writing.ts'

export const textOperators = define({
  // Text.
  textLength: {
    args: ['string'],
    result: 'integer',
    run: (text: string) => text.length,
    write: text => `${text}.length`,
    level: MEMBER,
    needs: [MEMBER],
    bits: () => 32,
  },
  joinText: {
    args: ['string', 'string'],
    result: 'string',
    run: (a: string, b: string) => a + b,
    ...infix('+', SUM),
    textBits: addBits,
  },
  reverseText: {
    args: ['string'],
    result: 'string',
    run: (text: string) => [...text].reverse().join(''),
    write: text => `[...${text}].reverse().join('')`,
    level: MEMBER,
    needs: [MEMBER],
  },
  upperCase: {
    args: ['string'],
    result: 'string',
    run: (text: string) => text.toUpperCase(),
    ...method('toUpperCase'),
  },
  lowerCase: {
    args: ['string'],
    result: 'string',
    run: (text: string) => text.toLowerCase(),
    ...method('toLowerCase'),
  },
  takeText: {
    args: ['string', 'integer'],
    result: 'string',
    run: (text: string, count: number) => text.slice(0, count),
    write: (text, count) => `${text}.slice(0, ${count})`,
    level: MEMBER,
    needs: [MEMBER],
  },
  dropText: {
    args: ['string', 'integer'],
    result: 'string',
    run: (text: string, count: number) => text.slice(count),
    ...method('slice'),
  },
  /** The empty text outside of the text. */
  charAt: {
    args: ['string', 'integer'],
    result: 'string',
    run: (text: string, at: number) => text.charAt(at),
    ...method('charAt'),
    textBits: () => 1,
  },
  containsText: {
    args: ['string', 'string'],
    result: 'boolean',
    run: (text: string, part: string) => text.includes(part),
    ...method('includes'),
  },
  /** -1 where the part does not occur. */
  find: {
    args: ['string', 'string'],
    result: 'integer',
    run: (text: string, part: string) => text.indexOf(part),
    ...method('indexOf'),
    bits: () => 32,
  },
  trim: { args: ['string'], result: 'string', run: (text: string) => text.trim(), ...method('trim') },
  replaceAll: {
    args: ['string', 'string', 'string'],
    result: 'string',
    run: (text: string, part: string, by: string) => text.replaceAll(part, () => by),
    write: (text, part, by) => `${text}.replaceAll(${part}, () => ${by})`,
    level: MEMBER,
    needs: [MEMBER],
    textBits: (text = 0, _part, by = 0) => text + by + 1,
  },
  repeatText: {
    args: ['string', 'integer'],
    result: 'string',
    run: (text: string, count: number) => text.repeat(Math.max(0, Math.min(MAX_STEPS, count))),
    ...written('repeatText'),
    textBits: text => (text as number) + 10,
    isOptIn: true,
  },
  isLetter: {
    args: ['string'],
    result: 'boolean',
    run: (text: string) => /^[a-z]$/i.test(text),
    ...call('/^[a-z]$/i.test'),
  },
  isDigit: {
    args: ['string'],
    result: 'boolean',
    run: (text: string) => /^[0-9]$/.test(text),
    ...call('/^[0-9]$/.test'),
  },
  /** The code of the character at a position; 0 outside of the text. */
  codeAt: {
    args: ['string', 'integer'],
    result: 'integer',
    run: (text: string, at: number) => text.charCodeAt(at) || 0,
    write: (text, at) => `${text}.charCodeAt(${at}) || 0`,
    level: OR,
    needs: [MEMBER],
    bits: () => 16,
    isOptIn: true,
  },
  fromCode: {
    args: ['integer'],
    result: 'string',
    run: (code: number) => String.fromCharCode(code),
    ...call('String.fromCharCode'),
    textBits: () => 1,
    isOptIn: true,
  },
  text: {
    args: ['integer'],
    result: 'string',
    run: (a: number) => String(a),
    ...call('String'),
    textBits: () => 5,
  },
  /** 0 where the text is no number, or one without end. */
  toInteger: {
    args: ['string'],
    result: 'integer',
    run: (text: string) => {
      const value = Number(text)
      return Math.abs(value) < MAX_QUOTIENT ? Math.trunc(value) : 0
    },
    ...written('toInteger'),
    bits: () => 333,
    isOptIn: true,
  },

  // Lists of text.
  split: {
    args: ['string', 'string'],
    result: 'strings',
    run: (text: string, separator: string) => text.split(separator),
    ...method('split'),
    textBits: text => (text as number) + 1,
  },
  chars: {
    args: ['string'],
    result: 'strings',
    run: (text: string) => [...text],
    write: text => `[...${text}]`,
    level: MEMBER,
    needs: [MEMBER],
    textBits: text => (text as number) + 1,
  },
  joinTexts: {
    args: ['strings', 'string'],
    result: 'string',
    run: (list: readonly string[], separator: string) => list.join(separator),
    ...method('join'),
    textBits: (list = 0, separator = 0) => list + separator,
  },
})
