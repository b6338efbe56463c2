import { expect } from 'chai'
import { Sandbox } from '../../../src/runtime/index.ts'
import { needsPython } from './needs.ts'

describe('the clock of a Python script', function () {
  this.timeout(20_000)
  const sandbox = new Sandbox({
    language: 'python',
    allowUnsandboxedPython: true,
    timeout: 5000,
    timeZone: 'Europe/Berlin',
  })
  before(needsPython)
  after(() => sandbox.close())

  const value = async (script: string, now?: number) => {
    const outcome = await sandbox.run(script, null, now === undefined ? {} : { now })
    return outcome.ok ? outcome.value : outcome.message
  }

  it('runs, unless it is told to stand still', async () => {
    const script = 'import time, datetime\nresult = [time.time(), datetime.datetime.now().timestamp()]'
    for (const seconds of (await value(script)) as number[]) {
      expect(seconds).to.be.closeTo(Date.now() / 1000, 10)
    }
    expect(await value(script, 86_400_500)).to.deep.equal([86_400.5, 86_400.5])
  })

  it('tells one time in all its ways', async () => {
    const script = `
import time, datetime
from datetime import date, datetime as moment
result = [
    time.time_ns() // 1000, time.gmtime().tm_year, time.localtime().tm_hour, time.strftime('%H:%M'), time.ctime(),
    moment.now().isoformat(), moment.utcnow().isoformat(), datetime.datetime.now(datetime.timezone.utc).isoformat(),
    date.today().isoformat(), (moment.now() - moment(1970, 1, 1)).days, isinstance(moment.now(), datetime.datetime),
    time.gmtime(0).tm_year, time.strftime('%Y', time.gmtime(0)), time.monotonic() > 0,
]`
    expect(await value(script, Date.UTC(2024, 6, 1, 22, 30))).to.deep.equal([
      1_719_873_000_000_000,
      ...[2024, 0, '00:30', 'Tue Jul  2 00:30:00 2024'],
      ...['2024-07-02T00:30:00', '2024-07-01T22:30:00', '2024-07-01T22:30:00+00:00'],
      ...['2024-07-02', 19_906, true, 1970, '1970', true],
    ])
  })
})
