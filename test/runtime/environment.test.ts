import { expect } from 'chai'
import { environmentOf, readLocality } from '../../src/runtime/environment.ts'
import { Sandbox } from '../../src/runtime/index.ts'

describe('readLocality', () => {
  it('has defaults, and spells a zone as Intl does', () => {
    expect(readLocality({})).to.deep.equal({ timeZone: 'UTC', locale: 'en-US' })
    expect(readLocality({ timeZone: 'europe/berlin' }).timeZone).to.equal('Europe/Berlin')
  })

  it('says what was expected and what came', () => {
    for (const timeZone of ['Nowhere/Here', '+02:00', '', 2, ':/etc/passwd']) {
      expect(() => readLocality({ timeZone })).to.throw(
        RangeError,
        "timeZone must be a name like 'Europe/Berlin', got ",
      )
    }
    for (const locale of ['de_DE', 'german', 'de-u-co-phonebk', 'xx', '', 5, 'en-US.UTF-8']) {
      expect(() => readLocality({ locale })).to.throw(
        RangeError,
        "locale must be a tag like 'en-US' that Intl knows, got ",
      )
    }
  })

  it('is all of the environment of a child', () => {
    expect(environmentOf({})).to.deep.equal({ TZ: 'UTC', LC_ALL: 'en-US' })
  })
})

describe('the time zone and the locale of a sandbox', () => {
  const SCRIPT = `
    const date = new Date(Date.UTC(2001, 8, 9, 1, 46, 40))
    result = [
      date.toString(), date.getHours(), date.toLocaleString(), (1234.5).toLocaleString(),
      ['z', 'ä', 'a'].sort((a, b) => a.localeCompare(b)).join(''), Intl.NumberFormat().resolvedOptions().locale,
      Intl.DateTimeFormat().resolvedOptions().timeZone, new Date(2001, 11, 1).getTimezoneOffset(),
    ]`

  it('are those of every part of the language', async () => {
    await using sandbox = new Sandbox({ size: 1, timeZone: 'Europe/Berlin', locale: 'de-DE' })
    const outcome = await sandbox.run(SCRIPT, null)
    expect(outcome.ok && outcome.value).to.deep.equal([
      'Sun Sep 09 2001 03:46:40 GMT+0200 (Mitteleuropäische Sommerzeit)',
      3,
      '9.9.2001, 03:46:40',
      '1.234,5',
      'aäz',
      'de-DE',
      'Europe/Berlin',
      -60,
    ])
  })

  it('are those of no machine', async () => {
    await using sandbox = new Sandbox({ size: 1 })
    const outcome = await sandbox.run(SCRIPT, null)
    const [text, hours, , number, , ...rest] = (outcome.ok && outcome.value) as string[]
    expect([text, hours, number, ...rest]).to.deep.equal([
      'Sun Sep 09 2001 01:46:40 GMT+0000 (Coordinated Universal Time)',
      1,
      '1,234.5',
      'en-US',
      'UTC',
      0,
    ])
  })
})
