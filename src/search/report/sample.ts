/** Some of many, where all would be too much to draw: spread evenly over the whole, and those that matter always. */

/** At most about `count` items, in their order, among them all that `isNeeded`. */
export function sampled<Item>(
  items: readonly Item[],
  count: number,
  isNeeded: (item: Item) => boolean = () => false,
): readonly Item[] {
  if (items.length <= count) return items
  const step = items.length / count
  return items.filter((item, i) => Math.floor(i / step) !== Math.floor((i - 1) / step) || isNeeded(item))
}
