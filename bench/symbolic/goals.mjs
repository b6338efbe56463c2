// What the library promises: time as a multiple of `hand`, and of the record literal. From Node 22 on V8 copies
// chained objects by spread five times faster, so `hand` is faster there and some ratios are allowed to be higher.

const NEWER = Number(process.versions.node.split('.')[0]) >= 22

/** Ratio to `hand` by id of the row, or by the id without its last word or words. */
const TO_HAND = {
  'W1.leaf.1k': NEWER ? 2.7 : 0.4,
  'W1.leaf.100k': NEWER ? 1.8 : 0.6,
  'W2.batch.1k': NEWER ? 3.2 : 0.45,
  'W2.batch.100k': NEWER ? 1.8 : 0.6,
  W3: 1,
  'W4.set.10': 2.3,
  'W4.insert.10': 1.2,
  'W4.delete.10': 1.9,
  'W4.set.1k': 0.4,
  'W4.insert.1k': 0.4,
  'W4.delete.1k': 0.4,
  'W4.append': 0.4,
  'W4.set.100k': 0.003,
  'W4.insert.100k': 0.003,
  'W4.delete.100k': 0.003,
  'W4.set.1M': 1 / 1500,
  'W4.insert.1M': 1 / 1500,
  'W4.delete.1M': 1 / 1500,
  'W5.set.10': NEWER ? 1.2 : 0.6,
  'W5.add.10': NEWER ? 1.2 : 0.7,
  'W5.set.1k': 0.003,
  'W5.add.1k': 0.003,
  'W5.set.100k': 1 / 20_000,
  'W5.add.100k': 1 / 20_000,
  'W6.get': 3.2,
  'W6.getPath': 1.3,
  'W6.sum': NEWER ? 3 : 2.3,
  'W6.fresh': NEWER ? 14 : 2.6,
  'W7.equal': 1.6,
  'W7.differ': 1.4,
  'W7.hash': 1.8,
  'W7.rehash': 0.03,
  'W8.toJSON.1k': 1.5,
  'W8.toJSON.100k': 1.8,
  'W8.fromJSON.1k': 1.8,
  'W8.fromJSON.100k': 2.3,
  'W9.diff.shared': 0.6,
  'W9.diff.unshared': 0.5,
  'W9.patch': 0.7,
  'W10.evolve': NEWER ? 3 : 1,
  'W10.bytes': 1.5,
  'W11.construct.1k': 2.5,
  'W11.construct.100k': 2.2,
  'W11.build': 4.2,
}

/** Ratio to the record literal, which is the same on every Node. */
export const TO_LITERAL = {
  'W1.leaf.1k': 3.5,
  'W1.leaf.100k': 2.3,
  'W2.batch.1k': 4.3,
  'W2.batch.100k': 2.6,
  'W10.evolve.1k': 3.2,
  'W6.fresh.1k': 18,
}

/** How many times a peer's time at least. */
export const OVER_PEERS = [
  { row: 'W1.leaf.1k', peer: 'immer', times: 40 },
  { row: 'W1.leaf.1k', peer: 'mutative', times: 8 },
  { row: 'W10.evolve.1k', peer: 'immer', times: 10 },
]

/** Clones are O(1), so they are held against the clock. */
const PER_SECOND = { 'W12.clone.1k': 5_000_000 }

/** The goal of a row, `{ text, over(figures) }`, or undefined; `over` is at most 1 when it is reached. */
export function goalOf(id) {
  const perSecond = PER_SECOND[id]
  if (perSecond !== undefined) {
    return { text: `> ${perSecond / 1e6}M/s`, over: figures => perSecond / figures.perSecond }
  }
  const most = TO_HAND[id] ?? TO_HAND[id.slice(0, id.lastIndexOf('.'))] ?? TO_HAND[id.split('.')[0]]
  if (most === undefined) return undefined
  const text = most < 0.01 ? `1/${Math.round(1 / most)}` : String(most)
  return { text, over: figures => figures.ratio / most }
}
