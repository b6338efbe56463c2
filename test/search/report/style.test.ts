import { expect } from 'chai'
import { STYLE } from '../../../src/search/report/style.ts'

/** The colors that a block of the style sets. */
const setIn = (block: string): Set<string> =>
  new Set(Array.from(block.matchAll(/(--[\w-]+):/g), ([, name]) => name as string))

describe('the style of a report', () => {
  const [light = '', dark = ''] = STYLE.split('@media screen and (prefers-color-scheme: dark)')

  it('sets all that it uses', () => {
    const used = Array.from(STYLE.matchAll(/var\((--[\w-]+)\)/g), ([, name]) => name as string)
    expect(used.length).to.be.above(50)
    expect([...setIn(light)]).to.include.members(used)
  })

  it('has another color for each in the dark', () => {
    const inDark = setIn(dark.slice(0, dark.indexOf('* {')))
    const colors = [...setIn(light)].filter(name => !['--sans', '--mono'].includes(name))
    expect([...inDark]).to.have.members(colors)
  })

  it('asks for nothing from elsewhere', () => {
    expect(STYLE).not.to.match(/url\(|@import/)
  })
})
