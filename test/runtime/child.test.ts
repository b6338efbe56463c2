import { expect } from 'chai'
import { Child, type ChildEnd, type ChildEvents, type Job } from '../../src/runtime/child.ts'
import { encodeFrame } from '../../src/runtime/frame.ts'
import { describeHost, type Launch, planLaunches } from '../../src/runtime/launch.ts'
import type { Answer, Ask } from '../../src/runtime/message.ts'

const job: Job = {
  id: 1,
  script: 'result = inputs + 1',
  random: [1, 2, 3, 4],
  now: undefined,
  maxResult: 1000,
  maxOutput: 1000,
  parts: [1],
  each: 1,
  count: 1,
  slice: 0,
  quantum: 1000,
  timeout: 1000,
}

type Heard = ['ready'] | ['answer', Answer] | ['ask', Ask] | ['gone', ChildEnd]

/** A child and a function that waits for the next thing heard of it. */
function start(launch: Launch) {
  const heard: Heard[] = []
  const events: ChildEvents = {
    ready: () => heard.push(['ready']),
    answer: (_, answer) => heard.push(['answer', answer]),
    ask: (_, ask) => heard.push(['ask', ask]),
    gone: (_, end) => heard.push(['gone', end]),
  }
  const next = async () => {
    while (heard.length === 0) await new Promise(resolve => setTimeout(resolve, 2))
    return heard.shift()!
  }
  return { child: new Child(launch, 10_000, events), next }
}

/** A child that says what we want it to say. */
function fake(...frames: Buffer[]): Launch {
  const bytes = JSON.stringify(Buffer.concat(frames).toString('base64'))
  const program = `
    const bytes = Buffer.from(${bytes}, 'base64')
    for (let at = 0; at < bytes.length; ) at += require('fs').writeSync(3, bytes, at)
    setTimeout(() => {}, 10000)`
  return {
    command: process.execPath,
    args: ['-e', program],
    user: undefined,
    isolation: 'process',
    locks: [],
  }
}

const REGEXP_AT_THE_END =
  'let n = 0; const f = () => { try { f() } catch { new RegExp("(a|b" + n++ + ")*c[d-f]{3,5}").exec("ab") } }; f()'

const ready = encodeFrame({ ready: true }, '')

const options = { memory: 32, paranoid: false, isolation: 'auto' } as const

describe('a child', () => {
  let launch: Launch
  before(async () => {
    launch = planLaunches(await describeHost(process.execPath), options)[0]!
  })

  it('starts, answers, and is gone once when killed', async () => {
    const { child, next } = start(launch)
    expect(await next()).to.deep.equal(['ready'])
    expect(child).to.include({ isReady: true, isFresh: true })
    child.send(job, '1')
    const [, answer] = (await next()) as ['answer', Answer]
    expect(answer).to.include({ id: 1, count: 1, same: false, text: '[{"v":2}]' })
    expect(answer.rss).to.be.within(10, 200)
    child.kill()
    child.kill()
    expect(await next()).to.deep.equal(['gone', { reason: 'crashed', message: 'SIGKILL' }])
  })

  it('asks for its tools and goes on when they are answered', async () => {
    const { child, next } = start(launch)
    await next()
    child.send(
      { ...job, script: 'result = await tools.twice(inputs)', tools: ['twice'], maxToolCalls: 9 },
      '4',
    )
    expect(await next()).to.deep.equal(['ask', { id: 1, text: '[["twice",4]]' }])
    child.reply('[[0,8]]')
    const [, answer] = (await next()) as ['answer', Answer]
    expect(answer.text).to.equal('[{"v":8}]')
    child.kill()
  })

  it('is told apart when it runs out of memory', async () => {
    const { child, next } = start(launch)
    await next()
    child.send({ ...job, script: 'const all = []; for (;;) all.push(new Array(1e5).fill(all.length))' }, '1')
    const [what, end] = (await next()) as ['gone', ChildEnd]
    expect([what, end.reason]).to.deep.equal(['gone', 'out_of_memory'])
  })

  it('has not run out of memory when it was the stack that ended, whatever V8 calls that', async () => {
    const { child, next } = start(launch)
    await next()
    const words = 'FATAL ERROR: RegExpCompiler Allocation failed - process out of memory'
    const dying = start({
      ...fake(),
      args: ['-e', `process.stderr.write('\\n${words}\\n'); process.abort()`],
    })
    expect(await dying.next()).to.deep.equal([
      'gone',
      { reason: 'crashed', message: 'SIGABRT (a regular expression was compiled where the stack ends)' },
    ])
    child.send({ ...job, script: REGEXP_AT_THE_END }, '1')
    const [what, end] = (await next()) as ['gone', ChildEnd]
    // Later versions of V8 get over it.
    if (what === 'gone') expect(end.reason).to.equal('crashed')
    child.kill()
  })

  it('tells how much it occupies, within its wrappers too', async function () {
    if (process.platform !== 'linux') this.skip()
    const host = await describeHost(process.execPath)
    const launches = planLaunches(host, options)
    for (const launch of [launches[0]!, launches.find(each => each.isolation === 'process')!]) {
      const { child, next } = start(launch)
      await next()
      expect(child.resident).to.be.within(20, 200)
      child.kill()
      await next()
    }
  })

  it('ends itself when it grows too large where the system does not help', async () => {
    const host = await describeHost(process.execPath, 'process')
    const [watched] = planLaunches({ ...host, platform: 'darwin' }, options)
    const { child, next } = start(watched!)
    expect(await next()).to.deep.equal(['ready'])
    child.send({ ...job, script: 'const all = []; for (;;) all.push(new Uint8Array(4e6).fill(1))' }, '1')
    const [what, end] = (await next()) as ['gone', ChildEnd]
    expect([what, end.reason]).to.deep.equal(['gone', 'out_of_memory'])
    expect(end.message).to.include('over 224 MB')
  })

  it('is ended by the first frame that is not of the agreed form', async () => {
    const answer = { id: 1, count: 1, ms: 1, rss: 1 }
    const forgeries = [
      [encodeFrame(answer, '[]')],
      [ready, ready],
      [ready, encodeFrame({ ...answer, count: -1 }, '')],
      [ready, encodeFrame({ ...answer, count: 0 }, '')],
      [ready, encodeFrame({ ...answer, ms: '1' }, '')],
      [ready, encodeFrame({ ...answer, ms: -1 }, '')],
      [ready, encodeFrame({ ...answer, same: 1 }, '')],
      [ready, encodeFrame(answer, '')],
      [ready, encodeFrame({ ...answer, ms: 5000 }, '')],
      [ready, Buffer.from('something was printed into the frames')],
      [ready, encodeFrame({ ...answer }, 'x'.repeat(10_001))],
    ]
    for (const frames of forgeries) {
      const { next } = start(fake(...frames))
      let heard = await next()
      while (heard[0] !== 'gone') heard = await next()
      expect(heard[1].message, String(frames.at(-1))).to.match(/it sent/)
    }
  })

  it('is gone when its program does not exist, and says why', async () => {
    const { next } = start({
      command: '/no/such/program',
      args: [],
      user: undefined,
      isolation: 'process',
      locks: [],
    })
    const [what, end] = (await next()) as ['gone', ChildEnd]
    expect(what).to.equal('gone')
    expect(end.message).to.include('ENOENT')
  })
})
