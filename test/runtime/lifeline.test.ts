import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect } from 'chai'
import { heldBy, killGroup, letGo } from '../../src/runtime/lifeline.ts'
import { isAlive } from './processes.ts'

const AT = 3

describe('a lifeline', () => {
  let started: ChildProcess | undefined
  before(function () {
    if (process.platform !== 'linux') this.skip()
  })
  afterEach(() => started && killGroup(started))

  /** A shell with a child of its own, held by the lifeline; and what they say, line by line. */
  async function start(program: string, detached = true) {
    const args = ['-c', heldBy(AT), '/bin/sh', '-c', program]
    const held = spawn('/bin/sh', args, { stdio: ['pipe', 'pipe', 'inherit', 'pipe'], detached })
    started = held
    const [said] = (await once(held.stdout!, 'data')) as [Buffer]
    return { held, inner: Number(said) }
  }
  const gone = async (pid: number) => {
    for (const end = Date.now() + 5000; isAlive(pid) && Date.now() < end; )
      await new Promise(resolve => setTimeout(resolve, 5))
    return !isAlive(pid)
  }
  const HALVES = 'sleep 60 & echo $!; wait'

  it('ends a process and all of its group when it ends itself', async () => {
    const { held, inner } = await start(HALVES)
    letGo(held, AT)
    expect(await once(held, 'exit')).to.deep.equal([null, 'SIGKILL'])
    expect(await gone(inner)).to.equal(true)
  })

  it('ends what a process has left behind', async () => {
    const { held, inner } = await start(HALVES)
    const closed = once(held, 'close')
    process.kill(held.pid!, 'SIGKILL')
    await once(held, 'exit')
    expect(isAlive(inner)).to.equal(true)
    letGo(held, AT)
    await closed
    expect(await gone(inner)).to.equal(true)
  })

  it('lets a process end by itself, with its own exit code and descriptors', async () => {
    const { held } = await start('echo 1; [ -e /proc/self/fd/3 ] || exit 7')
    held.on('exit', () => letGo(held, AT))
    expect(await once(held, 'close')).to.deep.equal([7, null])
  })

  it('ends nobody else where the process leads no group', async () => {
    const { held, inner } = await start(HALVES, false)
    letGo(held, AT)
    await new Promise(resolve => setTimeout(resolve, 100))
    expect([isAlive(held.pid!), isAlive(inner)]).to.deep.equal([true, true])
    for (const pid of [inner, held.pid!]) process.kill(pid, 'SIGKILL')
  })
})

describe('killing a group', () => {
  it('leaves none of it, and is nothing to a process that has ended', async function () {
    if (process.platform !== 'linux') this.skip()
    const held = spawn('/bin/sh', ['-c', 'sleep 60 & echo $!; wait'], { detached: true })
    const [said] = (await once(held.stdout, 'data')) as [Buffer]
    killGroup(held)
    expect(await once(held, 'close')).to.deep.equal([null, 'SIGKILL'])
    expect(isAlive(Number(said))).to.equal(false)
    killGroup(held)
    const missing = spawn('/no/such/program', { detached: true })
    await once(missing, 'error')
    killGroup(missing)
  })
})
