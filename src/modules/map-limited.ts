/** Many asynchronous tasks, a few at a time, with the answers in the order of the tasks. */

/**
 * What `work` gives for each item, at most `limit` at a time. `settle` is told each result in the order of the items, as
 * soon as all before it are there, and one at a time. Rejects with the first error, after the tasks under way have ended
 * and what can be settled is; no further ones are begun.
 */
export async function mapLimited<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item, index: number) => Promise<Result>,
  settle?: (result: Result, index: number) => void | Promise<void>,
): Promise<Result[]> {
  const results: Result[] = new Array(items.length)
  const errors: unknown[] = []
  let next = 0
  let settled = 0
  let settling = Promise.resolve()
  const settleMore = async (): Promise<void> => {
    while (settled in results) await settle?.(results[settled] as Result, settled++)
  }
  const lane = async (): Promise<void> => {
    while (next < items.length && errors.length === 0) {
      const i = next++
      try {
        results[i] = await work(items[i] as Item, i)
        if (settle !== undefined) await (settling = settling.then(settleMore))
      } catch (error) {
        errors.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane))
  if (errors.length > 0) throw errors[0]
  return results
}
