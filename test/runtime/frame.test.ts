import { expect } from 'chai'
import { encodeFrame, type Frame, FrameReader } from '../../src/runtime/frame.ts'

function readAll(chunks: readonly Buffer[], maxText = 1000): Frame[] | undefined {
  const reader = new FrameReader(maxText)
  const frames: Frame[] = []
  for (const chunk of chunks) if (!reader.push(chunk, frame => frames.push(frame))) return undefined
  return frames
}

describe('frames', () => {
  const sent: Frame[] = [
    { header: { id: 1 }, text: 'héllo ✓ 🌲' },
    { header: {}, text: '' },
    { header: [], text: 'x'.repeat(500) },
  ]
  const bytes = Buffer.concat(sent.map(({ header, text }) => encodeFrame(header as object, text)))

  it('come out as they went in, however the stream is cut', () => {
    for (const step of [1, 2, 3, 7, 8, 9, 64, bytes.length]) {
      const chunks: Buffer[] = []
      for (let at = 0; at < bytes.length; at += step) chunks.push(bytes.subarray(at, at + step))
      expect(readAll(chunks)).to.deep.equal(sent)
    }
  })

  it('end the conversation when they make no sense', () => {
    const huge = Buffer.alloc(8)
    huge.writeUInt32LE(2, 0)
    huge.writeUInt32LE(0xffffffff, 4)
    expect(readAll([huge])).to.equal(undefined)
    expect(readAll([Buffer.from('Warning: something was printed here')])).to.equal(undefined)
    expect(readAll([encodeFrame({}, 'x'.repeat(20))], 10)).to.equal(undefined)
    const noJson = encodeFrame({ a: 1 }, '')
    noJson.write('{a', 8)
    expect(readAll([noJson])).to.equal(undefined)
  })
})
