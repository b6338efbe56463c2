import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect } from 'chai'
import { MemoryWatch, memoryLimit, memoryWatch, type Watched } from '../../src/runtime/memory-watch.ts'

describe('MemoryWatch', () => {
  interface Note extends Watched {
    isBusy: boolean
    isGone: boolean
    jobs: number
    resident: number
  }
  const child = (resident: number): Note => ({ isBusy: true, isGone: false, jobs: 1, resident })
  const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
  let watch: MemoryWatch<Note> | undefined

  beforeEach(function () {
    if (process.platform !== 'linux') this.skip()
  })
  afterEach(() => watch?.stop())

  /** Watches for a while, and gives those that were found too large. */
  async function look(children: readonly Note[], ms = 120): Promise<Note[]> {
    const over: Note[] = []
    watch = new MemoryWatch(children, 100, found => {
      over.push(found)
      found.isGone = true
    })
    watch.start()
    await pause(ms)
    return over
  }

  it('finds who occupies too much', async () => {
    const [small, large] = [child(99), child(101)]
    const over = await look([small, large])
    while (over.length === 0) await pause(5)
    expect(over).to.deep.equal([large])
  })

  it('leaves alone who is idle, or gone', async () => {
    expect(await look([{ ...child(101), isBusy: false }, child(99)])).to.deep.equal([])
    expect(await look([{ ...child(101), isGone: true }, child(99)])).to.deep.equal([])
  })

  it('does not look at those whose jobs are short', async () => {
    const looked: number[] = []
    const quick = {
      ...child(0),
      get jobs() {
        return performance.now()
      },
      get resident() {
        looked.push(1)
        return 0
      },
    }
    await look([quick])
    expect(looked).to.deep.equal([])
  })

  it('rests when nobody is busy, and can be started again', async () => {
    const idle = { ...child(101), isBusy: false }
    const over = await look([idle])
    idle.isBusy = true
    await pause(120)
    expect(over).to.deep.equal([])
    watch!.start()
    while (over.length === 0) await pause(5)
    expect(over).to.deep.equal([idle])
  })
})

describe('memoryWatch', () => {
  const [limited, hoard] = [memoryLimit(16), 'const kept = []; for (;;) kept.push(Buffer.alloc(4e6, 1))']

  for (const flags of [[], ['--disallow-code-generation-from-strings']]) {
    it(`ends a process that grows too large ${flags.join()}`, async () => {
      const child = spawn(process.execPath, [...flags, '-e', `${memoryWatch(16)}{ ${hoard} }`], { env: {} })
      let said = ''
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk
      })
      const [, signal] = await once(child, 'close')
      expect(said).to.include(`Allocation failed: over ${limited} MB`)
      if (process.platform !== 'win32') expect(signal).to.equal('SIGKILL')
    })
  }
})
