// Framing of the pipes to and from a child: two 32-bit lengths, a JSON header, a text.
// The text stays text on both sides, since JSON text crosses a pipe several times cheaper than cloned objects.
// The reader believes nothing: a frame of an impossible size ends the conversation.

export interface Frame {
  readonly header: unknown
  readonly text: string
}

const PREFIX = 8
const MAX_HEADER = 65_536

/** The bytes of one frame. */
export function encodeFrame(header: object, text: string): Buffer {
  const head = JSON.stringify(header)
  const headBytes = Buffer.byteLength(head)
  const textBytes = Buffer.byteLength(text)
  const bytes = Buffer.allocUnsafe(PREFIX + headBytes + textBytes)
  bytes.writeUInt32LE(headBytes, 0)
  bytes.writeUInt32LE(textBytes, 4)
  bytes.write(head, PREFIX)
  bytes.write(text, PREFIX + headBytes)
  return bytes
}

/**
 * Cuts a stream of chunks into frames, and says `false` once the stream has stopped making sense:
 * a header over 64 KB or not JSON, or a text over `maxText` bytes.
 */
export class FrameReader {
  readonly #maxText: number
  #chunks: Buffer[] = []
  #size = 0
  #wanted = PREFIX

  constructor(maxText: number) {
    this.#maxText = maxText
  }

  /** Takes a chunk and hands every frame it completes to `receive`. */
  push(chunk: Buffer, receive: (frame: Frame) => void): boolean {
    this.#chunks.push(chunk)
    this.#size += chunk.length
    // Chunks are joined only when a whole frame is there, so a large frame is copied once.
    while (this.#wanted <= this.#size) {
      const bytes = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks, this.#size)
      const headBytes = bytes.readUInt32LE(0)
      const textBytes = bytes.readUInt32LE(4)
      if (headBytes > MAX_HEADER || textBytes > this.#maxText) return false
      const end = PREFIX + headBytes + textBytes
      this.#chunks = [bytes]
      this.#wanted = end
      if (end > this.#size) return true

      const rest = bytes.subarray(end)
      this.#chunks = rest.length === 0 ? [] : [rest]
      this.#size = rest.length
      this.#wanted = PREFIX
      const header = parse(bytes.toString('utf8', PREFIX, PREFIX + headBytes))
      if (header === undefined) return false
      receive({ header, text: bytes.toString('utf8', PREFIX + headBytes, end) })
    }
    return true
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
