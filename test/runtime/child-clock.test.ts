// Chance and time inside a context.

import { expect } from 'chai'
import { answersOf } from './answers.ts'

describe('Math.random', () => {
  it('starts anew for each input', () => {
    const draws = answersOf('result = [Math.random(), Math.random()]', [1, 2]) as { v: [number, number] }[]
    expect(draws[0]).to.deep.equal(draws[1])
    expect(draws[0]!.v[0]).to.not.equal(draws[0]!.v[1])
    for (const draw of draws[0]!.v) expect(draw).to.be.within(0, 1)
  })
})

describe('a stopped clock', () => {
  const now = Date.UTC(2001, 8, 9, 1, 46, 40)
  const stopped = (expression: string) => {
    const [{ v }] = answersOf(`result = ${expression}`, [0], { now }) as [{ v: unknown }]
    return v
  }

  it('gives one time for ever', () => {
    expect(stopped('[Date.now(), +new Date(), new Date().getTime()]')).to.deep.equal([now, now, now])
    expect(stopped('[Date(), typeof Temporal, typeof performance]')).to.deep.equal([
      new Date(now).toString(),
      'undefined',
      'undefined',
    ])
  })

  it('leaves the rest of Date as it is', () => {
    expect(
      stopped('[new Date(5).getTime(), new Date(2001, 0).getFullYear(), Date.UTC(1970), Date.parse("1970")]'),
    ).to.deep.equal([5, 2001, 0, 0])
    expect(stopped('[new Date() instanceof Date, new Date().constructor === Date, Date.name]')).to.deep.equal(
      [true, true, 'Date'],
    )
    expect(stopped('[new (class extends Date {})().getTime(), new Date(NaN).getTime() === 5]')).to.deep.equal(
      [now, false],
    )
  })

  it('is what Intl takes for now', () => {
    const options = '{ timeZone: "UTC", dateStyle: "short", timeStyle: "medium" }'
    const text = new Intl.DateTimeFormat('en', { timeZone: 'UTC', dateStyle: 'short', timeStyle: 'medium' })
    const format = `new Intl.DateTimeFormat("en", ${options})`
    const expected = text.format(now)
    expect(
      stopped(
        `[${format}.format(), ${format}.format(undefined), ${format}.format(5) === ${format}.format(5)]`,
      ),
    ).to.deep.equal([expected, expected, true])
    expect(stopped(`${format}.formatToParts()`)).to.deep.equal(text.formatToParts(now))
    expect(stopped(`[5].map(${format}.format)[0]`)).to.equal(text.format(5))
    expect(stopped(`(f => [f.format === f.format, f.format !== ${format}.format])(${format})`)).to.deep.equal(
      [true, true],
    )
  })

  it('runs unless it is stopped', () => {
    const [{ v }] = answersOf('result = Date.now()') as [{ v: number }]
    expect(v).to.be.within(Date.now() - 5000, Date.now())
  })
})
