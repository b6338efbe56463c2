import { type ChildProcess, spawn } from 'node:child_process'
import { expect } from 'chai'
import { chainOf, residentMegabytes } from '../../src/runtime/procfs.ts'

describe('procfs', () => {
  let started: ChildProcess | undefined
  before(function () {
    if (process.platform !== 'linux') this.skip()
  })
  afterEach(() => started?.kill('SIGKILL'))

  it('tells how much memory a process occupies', () => {
    const own = process.memoryUsage.rss() / 1_048_576
    expect(residentMegabytes(process.pid)).to.be.within(own / 1.5, own * 1.5)
  })

  it('tells which processes a process wraps', async () => {
    // The shell waits for another, since it has something to do afterwards; both end when their input does.
    const shell = spawn('/bin/sh', ['-c', 'sh -c "echo ready; read line; true"; true'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    started = shell
    await new Promise(resolve => shell.stdout.once('data', resolve))
    const chain = chainOf(shell.pid!)
    expect(chain).to.have.length(2)
    expect(chain[0]).to.equal(shell.pid)
    shell.stdin.end()
  })

  it('tells the last of several that a process has started', async () => {
    // What runs in the background reads nothing from standard input, so that goes by another number.
    const script = 'exec 3<&0; sleep 60 & a=$!; (read line) <&3 & echo $!; wait $!; kill $a'
    const shell = spawn('/bin/sh', ['-c', script], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    started = shell
    const said = await new Promise<Buffer>(resolve => shell.stdout.once('data', resolve))
    expect(chainOf(shell.pid!)).to.deep.equal([shell.pid, Number(said)])
    shell.stdin.end()
  })

  it('knows nothing of a process that is not there', () => {
    expect(residentMegabytes(2 ** 30)).to.equal(undefined)
    expect(chainOf(2 ** 30)).to.deep.equal([2 ** 30])
  })
})
