/**
 * Where to draw what leads to what: in layers from top to bottom, after Sugiyama, Tagawa and Toda (1981). A link that
 * spans several layers is given a place in each, so that it goes around what stands there; layers are ordered by the
 * mean place of their neighbors, and then each place is drawn towards its neighbors as far as the gaps allow.
 */

/** Something to place, by its size. */
export interface Item {
  readonly id: string
  readonly width: number
  readonly height: number
}

/** An arrow from one item to another. Links make no circles. */
export interface Link {
  readonly from: string
  readonly to: string
  /** Whether it is drawn as one that need not be gone. */
  readonly isDashed?: boolean
}

export type Point = readonly [x: number, y: number]

export interface Layout {
  readonly width: number
  readonly height: number
  /** The upper left corner of each item. */
  readonly places: ReadonlyMap<string, Point>
  /** The points that each link goes through, from the bottom of one item to the top of another. */
  readonly lines: readonly { readonly link: Link; readonly points: readonly Point[] }[]
}

const GAP = { across: 28, down: 40 }
const SWEEPS = 8

/** A place in a layer: an item, or a link on its way. */
interface Cell {
  readonly width: number
  readonly height: number
  readonly above: Cell[]
  readonly below: Cell[]
  /** The middle. */
  x: number
  y: number
}

/** The places of items and links, the same for the same ones. */
export function layered(items: readonly Item[], links: readonly Link[]): Layout {
  const ranks = ranksOf(items, links)
  const cells = new Map(items.map(({ id, width, height }) => [id, cellOf(width, height)]))
  const layers: Cell[][] = []
  const put = (cell: Cell, rank: number): void => {
    const layer = layers[rank]
    if (layer === undefined) layers[rank] = [cell]
    else layer.push(cell)
  }
  for (const { id } of items) put(cells.get(id) as Cell, ranks.get(id) as number)
  const ways = links.map(link => {
    const way = [cells.get(link.from) as Cell]
    const end = ranks.get(link.to) as number
    for (let rank = (ranks.get(link.from) as number) + 1; rank < end; rank++) {
      const passing = cellOf(8, 0)
      put(passing, rank)
      way.push(passing)
    }
    way.push(cells.get(link.to) as Cell)
    for (const [i, cell] of way.slice(1).entries()) {
      cell.above.push(way[i] as Cell)
      way[i]?.below.push(cell)
    }
    return { link, way }
  })
  const ordered = place(layers)
  const left = Math.min(0, ...ordered.flat().map(({ x, width }) => x - width / 2))
  const right = Math.max(0, ...ordered.flat().map(({ x, width }) => x + width / 2))
  for (const cell of ordered.flat()) cell.x -= left
  const bands = bandsOf(ordered)
  return {
    width: right - left,
    height: bands.at(-1)?.bottom ?? 0,
    places: new Map(
      items.map(({ id, width, height }) => {
        const { x, y } = cells.get(id) as Cell
        return [id, [x - width / 2, y - height / 2]]
      }),
    ),
    lines: ways.map(({ link, way }) => ({
      link,
      points: pointsOf(way, ranks.get(link.from) as number, bands),
    })),
  }
}

const cellOf = (width: number, height: number): Cell => ({ width, height, above: [], below: [], x: 0, y: 0 })

/** The layer of each item: one below the lowest of those that lead to it. */
function ranksOf(items: readonly Item[], links: readonly Link[]): Map<string, number> {
  const ranks = new Map<string, number>()
  const rankOf = (id: string): number => {
    const known = ranks.get(id)
    if (known !== undefined) return known
    const above = links.filter(({ to }) => to === id).map(({ from }) => rankOf(from))
    const rank = above.length === 0 ? 0 : Math.max(...above) + 1
    ranks.set(id, rank)
    return rank
  }
  for (const { id } of items) rankOf(id)
  return ranks
}

/** Orders the cells of each layer, and sets their middles across. */
function place(layers: readonly Cell[][]): readonly Cell[][] {
  const ordered = layers.map(layer => [...layer])
  for (const layer of ordered)
    pack(
      layer,
      layer.map(() => 0),
    )
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isDown = sweep % 2 === 0
    for (const layer of isDown ? ordered : [...ordered].reverse()) {
      const wanted = new Map(layer.map(cell => [cell, mean(isDown ? cell.above : cell.below) ?? cell.x]))
      if (sweep < SWEEPS / 2) layer.sort((a, b) => (wanted.get(a) as number) - (wanted.get(b) as number))
      pack(
        layer,
        layer.map(cell => wanted.get(cell) as number),
      )
    }
  }
  return ordered
}

/** Sets middles as near to those wanted as the gaps allow: half-way between pushing right and pushing left. */
function pack(layer: readonly Cell[], wanted: readonly number[]): void {
  const apart = (i: number): number =>
    ((layer[i - 1] as Cell).width + (layer[i] as Cell).width) / 2 + GAP.across
  const fromLeft = [...wanted]
  for (let i = 1; i < layer.length; i++) {
    fromLeft[i] = Math.max(fromLeft[i] as number, (fromLeft[i - 1] as number) + apart(i))
  }
  const fromRight = [...wanted]
  for (let i = layer.length - 1; i > 0; i--) {
    fromRight[i - 1] = Math.min(fromRight[i - 1] as number, (fromRight[i] as number) - apart(i))
  }
  layer.forEach((cell, i) => {
    cell.x = ((fromLeft[i] as number) + (fromRight[i] as number)) / 2
  })
}

const mean = (cells: readonly Cell[]): number | undefined =>
  cells.length === 0 ? undefined : cells.reduce((sum, { x }) => sum + x, 0) / cells.length

interface Band {
  readonly top: number
  readonly bottom: number
}

/** The height of each layer; sets the middles of its cells down. */
function bandsOf(layers: readonly Cell[][]): Band[] {
  let top = 0
  return layers.map(layer => {
    const bottom = top + Math.max(...layer.map(({ height }) => height))
    for (const cell of layer) cell.y = (top + bottom) / 2
    const band = { top, bottom }
    top = bottom + GAP.down
    return band
  })
}

/** From the bottom of the first cell to the top of the last: straight down in layers, and across between them. */
function pointsOf(way: readonly Cell[], rank: number, bands: readonly Band[]): Point[] {
  const points = way.flatMap(({ x, y, height }, i): Point[] => {
    const { top, bottom } = bands[rank + i] as Band
    if (i === 0) return [[x, y + height / 2], [x, bottom]] // biome-ignore format: two points
    if (i === way.length - 1) return [[x, top], [x, y - height / 2]] // biome-ignore format: two points
    return [[x, top], [x, bottom]] // biome-ignore format: two points
  })
  // An arrow that ends with a step of no length would point nowhere.
  return points.filter(([x, y], i) => i === 0 || x !== points[i - 1]?.[0] || y !== points[i - 1]?.[1])
}
