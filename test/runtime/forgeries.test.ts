// A child that a script has escaped into, as far as its parent can tell: it says whatever it likes. Here the program of the
// children does what its script tells it to, byte by byte. Every input gets one outcome, and what comes after it is sound.

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { type Json, type Outcome, Sandbox } from '../../src/runtime/index.ts'
import { runs } from '../support/random.ts'

/** It says that it is ready, and then runs each script itself, with ways to write to the parent. */
const FAKE = `
  const fs = require('fs')
  const read = size => {
    const bytes = Buffer.alloc(size)
    for (let at = 0; at < size; ) {
      const count = fs.readSync(0, bytes, at, size - at)
      if (count === 0) process.exit()
      at += count
    }
    return bytes
  }
  const receive = () => {
    const lengths = read(8)
    const header = read(lengths.readUInt32LE(0)), text = read(lengths.readUInt32LE(4))
    return { header: JSON.parse(header), text: String(text) }
  }
  const write = bytes => { for (let at = 0; at < bytes.length; ) at += fs.writeSync(3, bytes, at) }
  const frame = (header, text, headLength = Buffer.byteLength(header), textLength = Buffer.byteLength(text)) => {
    const lengths = Buffer.alloc(8)
    lengths.writeUInt32LE(headLength, 0)
    lengths.writeUInt32LE(textLength, 4)
    write(Buffer.concat([lengths, Buffer.from(header), Buffer.from(text)]))
  }
  receive()
  frame('{"ready":true}', '')
  for (;;) {
    const { header: job, text } = receive(), { id, count } = job
    const say = (more, text) => frame(JSON.stringify({ id, count: 1, ms: 0, rss: 1, ...more }), text)
    const answer = () => { for (let n = 0; n < count; n++) say({}, '[{"v":"answer"}]') }
    new Function('job', 'id', 'count', 'frame', 'say', 'write', 'answer', job.script)(job, id, count, frame, say, write, answer)
  }`

/** What the child does with a job of three inputs: a lie for each place where one is found out. */
const BROKEN: Readonly<Record<string, string>> = {
  nothing: 'process.exit()',
  'bytes of no frame': 'write(Buffer.alloc(100, 255))',
  'a frame of a huge text': 'frame("{}", "", 2, 0xfffffff0)',
  'a deep header': 'frame("[".repeat(30000) + "]".repeat(30000), "")',
  'another child that is ready': 'frame(\'{"ready":true}\', "")',
  'an answer to another job': 'say({ id: id + 1 }, \'[{"v":1}]\')',
  'too many at once': 'say({ count: 4 }, \'[{"v":1},{"v":1},{"v":1},{"v":1}]\')',
  'fewer than it says': 'say({ count: 3 }, \'[{"v":1}]\')',
  'a time beyond all numbers': `frame('{"id":' + id + ',"count":1,"ms":1e999,"rss":1}', '[{"v":1}]')`,
  'more time than has passed': 'say({ ms: 1e9 }, \'[{"v":1}]\')',
  'a value beyond all numbers': 'say({}, \'[{"v":{"a":[1e999]}}]\')',
  'a line beyond all numbers': 'say({}, \'[{"k":"runtime","m":"","l":1e999,"c":1}]\')',
  'a kind of the prototype': 'say({}, \'[{"k":"constructor","m":""}]\')',
  'a deep text': 'say({}, "[".repeat(1e6))',
  'calls of tools that it has not': `frame('{"id":' + id + ',"calls":true}', '[["fetch",{}]]')`,
  'that it is done when it is': 'say({ count, same: true, rest: true }, \'[{"v":1}]\')',
}

describe('a child that lies', () => {
  let folder: string
  let sandbox: Sandbox
  before(function () {
    if (process.platform === 'win32') this.skip()
    folder = mkdtempSync(join(tmpdir(), 'lying-node-'))
    const file = JSON.stringify(join(folder, 'fake.js'))
    const program = `#!/bin/sh\n[ "$*" != --version ] || { echo ${process.version}; exit; }\nexec ${process.execPath} ${file}`
    writeFileSync(join(folder, 'fake.js'), FAKE)
    writeFileSync(join(folder, 'node'), program, { mode: 0o755 })
    chmodSync(folder, 0o755)
    sandbox = new Sandbox({
      nodePath: join(folder, 'node'),
      isolation: 'process',
      size: 2,
      spare: 0,
      timeout: 10_000,
    })
  })
  after(async () => {
    await sandbox?.close()
    if (folder) rmSync(folder, { recursive: true })
  })

  const INPUTS = [1, 2, 3]
  const short = (outcome: Outcome): Json => (outcome.ok ? outcome.value : outcome.kind)
  const isSound = async () => {
    const outcomes = await sandbox.runMany('answer()', INPUTS, { context: 'script' })
    expect(outcomes.map(short)).to.deep.equal(['answer', 'answer', 'answer'])
  }

  /** All three inputs are in one range. */
  const lie = (script: string) => sandbox.runMany(script, INPUTS, { context: 'script' })

  it('is ended, and was a crash of whatever it was to answer', async () => {
    const lies = Object.entries(BROKEN).map(async ([name, script]) => {
      const outcomes = await lie(script)
      expect(outcomes.map(short), name).to.deep.equal(['crashed', 'crashed', 'crashed'])
    })
    await Promise.all(lies)
    await isSound()
  }).timeout(60_000)

  it('keeps what it had answered before', async () => {
    const outcomes = await lie('say({}, \'[{"v":"first"}]\'); write(Buffer.alloc(9, 255))')
    expect(short(outcomes[0]!)).to.equal('first')
    expect(outcomes.slice(1).map(short)).to.include('first').and.not.include('answer')
    await isSound()
  })

  it('has its first answer of two taken, and costs nobody else anything', async () => {
    for (const script of [
      'answer(); answer()',
      'answer(); write(Buffer.alloc(50))',
      'answer(); process.exit()',
    ]) {
      const lies = Array.from({ length: 6 }, () => lie(script))
      const honest = Array.from({ length: 6 }, () => sandbox.run('answer()', null))
      for (const outcomes of await Promise.all(lies)) {
        for (const outcome of outcomes) expect(['answer', 'crashed']).to.include(short(outcome))
      }
      for (const outcome of await Promise.all(honest))
        expect(['answer', 'crashed']).to.include(short(outcome))
    }
    await isSound()
  })

  it('gets one outcome for each input, whatever it says', async () => {
    const field = fc.constantFrom(
      'id: id + 1',
      'count',
      'count: 2',
      'count: -1',
      'ms: 1e300',
      'ms: 5',
      'rss: 0.5',
      'same: true',
      'rest: true',
      'calls: true',
      'ready: true',
    )
    const item = fc.constantFrom(
      '{"v":1}',
      '{"v":1e999}',
      '{"v":null,"o":"x"}',
      '{"k":"runtime","m":"x"}',
      '{"k":"x","m":""}',
      '{}',
      '1',
      '[{"v":1}]',
    )
    const part = fc.oneof(
      fc
        .tuple(fc.array(field, { maxLength: 3 }), fc.array(item, { maxLength: 3 }))
        .map(([fields, items]) => `say({ ${fields} }, '[${items}]')`),
      fc.constantFrom('answer()', 'process.exit()', 'process.stderr.write("heap out of memory")'),
      fc.uint8Array({ maxLength: 20 }).map(bytes => `write(Buffer.from([${[...bytes]}]))`),
    )
    const law = fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 4 }), async parts => {
      // What says too little is ended here, so that no case waits for its time to be over.
      const outcomes = await lie(`${parts.join(';')}; process.exit()`)
      expect(outcomes).to.have.length(3)
      for (const outcome of outcomes) expect(outcome).to.have.property('ok').that.is.a('boolean')
    })
    await fc.assert(law, { numRuns: runs(6) })
    await isSound()
  }).timeout(runs(60_000))
})
