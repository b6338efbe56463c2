import { expect } from 'chai'
import { STYLE } from '../../../src/symbolic/view/html-style.ts'

describe('the style of a page', () => {
  it('needs nothing from elsewhere', () => {
    expect(STYLE).to.not.match(/url\(|@import|@font-face|https?:|<\//i)
  })

  it('is for light and for dark, for little motion and for print', () => {
    for (const query of ['prefers-color-scheme: dark', 'prefers-reduced-motion', 'print'])
      expect(STYLE).to.include(query)
  })

  it('has every color it uses in both', () => {
    const [light = '', dark = ''] = STYLE.split('@media (prefers-color-scheme: dark)')
    const named = (text: string): Set<string> => new Set(text.match(/--[a-z-]+(?=:\s*#)/g))
    const used = new Set(STYLE.match(/(?<=var\()--[a-z-]+/g))
    for (const name of named(light))
      expect(named(dark.slice(0, dark.indexOf('box-sizing'))).has(name), name).to.equal(true)
    for (const name of used) if (name !== '--depth') expect(STYLE, name).to.match(new RegExp(`${name}:`))
  })
})
