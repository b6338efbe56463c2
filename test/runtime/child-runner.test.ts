// The program of a child, started as a pool would but without its locks, and spoken to in frames.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { expect } from 'chai'
import { ANSWERS, LOADER, RUNNER } from '../../src/runtime/child-runner.ts'
import { encodeFrame, type Frame, FrameReader } from '../../src/runtime/frame.ts'

const common = { random: [1, 2, 3, 4], maxResult: 1000, maxOutput: 1000, slice: 0 }

describe('the program of a child', () => {
  let child: ChildProcess
  let frames: Frame[]

  beforeEach(async () => {
    child = spawn(process.execPath, ['-e', LOADER], { stdio: ['pipe', 'pipe', 'inherit', 'pipe'], env: {} })
    child.stdin!.write(encodeFrame({}, RUNNER))
    frames = []
    const reader = new FrameReader(100_000)
    ;(child.stdio[ANSWERS] as Readable).on('data', (chunk: Buffer) =>
      reader.push(chunk, frame => frames.push(frame)),
    )
    await framesToBe(1)
  })

  afterEach(() => child.kill('SIGKILL'))

  async function framesToBe(count: number): Promise<void> {
    while (frames.length < count) await new Promise(resolve => setTimeout(resolve, 2))
  }

  it('says that it is ready', () => {
    expect(frames[0]).to.deep.equal({ header: { ready: true, version: process.versions.node }, text: '' })
  })

  it('answers jobs in order, each piece in a context of its own', async () => {
    const job = { ...common, id: 7, script: 'result = globalThis.x = (globalThis.x ?? 0) + inputs', each: 1 }
    child.stdin!.write(encodeFrame({ ...job, parts: [1, 2], count: 2 }, '110'))
    child.stdin!.write(encodeFrame({ ...job, id: 8, parts: [1], count: 1 }, '5'))
    await framesToBe(4)
    expect(frames.slice(1).map(frame => frame.text)).to.deep.equal(['[{"v":1}]', '[{"v":10}]', '[{"v":5}]'])
    expect(frames[3]!.header).to.include({ id: 8, count: 1 })
  })

  it('takes a frame that arrives in pieces', async () => {
    const job = { ...common, id: 1, script: 'result = inputs.length', each: 1, parts: [80_002], count: 1 }
    const bytes = encodeFrame(job, `"${'é'.repeat(80_000)}"`)
    for (let at = 0; at < bytes.length; at += 50_000) {
      child.stdin!.write(bytes.subarray(at, at + 50_000))
      await new Promise(resolve => setTimeout(resolve, 5))
    }
    await framesToBe(2)
    expect(frames[1]!.text).to.equal('[{"v":80000}]')
  })

  it('answers a syntax error once for all inputs, with its place', async () => {
    const job = { ...common, id: 1, script: 'let a = 1\nlet a = 2', each: 3, parts: [5], count: 3 }
    child.stdin!.write(encodeFrame(job, '1,2,3'))
    await framesToBe(2)
    expect(frames[1]!.header).to.include({ count: 3, same: true })
    const [item] = JSON.parse(frames[1]!.text) as [object]
    expect(item).to.include({ k: 'syntax', l: 2, c: 5 })
  })

  it('leaves when its input ends', async () => {
    child.stdin!.end()
    expect(await once(child, 'exit')).to.deep.equal([0, null])
  })
})
