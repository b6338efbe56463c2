/** Did you mean: the name most like a mistyped one. */

/** The name that is most like a given one, when one is like it at all; none is looked for to a very long one. */
export function nearest(name: string, names: Iterable<string>): string | null {
  if (name.length > LONGEST) return null
  const wanted = name.toLowerCase()
  let best: string | null = null
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1
  for (const candidate of names) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue
    const distance = editDistance(wanted, candidate.toLowerCase(), bestDistance)
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** So many characters at most: one hostile text may have a thousand names looked up among thousands. */
const LONGEST = 200

/** A row of distances, the same one each time: making one would take longer than filling it. */
const row = new Uint16Array(1024)

/** Levenshtein's distance, given up at a limit: the least of a row never shrinks. Lengths differ by less than the limit. */
function editDistance(a: string, b: string, limit: number): number {
  for (let j = 0; j <= b.length; j++) row[j] = j
  for (let i = 1; i <= a.length; i++) {
    const code = a.charCodeAt(i - 1)
    let diagonal = i - 1
    let left = i
    let least = i
    row[0] = i
    for (let j = 1; j <= b.length; j++) {
      const above = row[j] as number
      left = Math.min(diagonal + (code === b.charCodeAt(j - 1) ? 0 : 1), above + 1, left + 1)
      row[j] = left
      diagonal = above
      if (left < least) least = left
    }
    if (least >= limit) return limit
  }
  return row[b.length] as number
}
