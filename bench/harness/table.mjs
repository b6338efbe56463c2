// Figures as people read them, and tables as terminals show them.

/** Rows of cells under a header; the first column is flush left, the others flush right. */
export function table(header, rows) {
  const lines = [header, ...rows]
  const widths = header.map((_, column) => Math.max(...lines.map(line => line[column].length)))
  const show = line =>
    line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join('  ')
  return [show(header), widths.map(width => '-'.repeat(width)).join('  '), ...rows.map(show)].join('\n')
}

/** 1234567 as `1.23M`. */
export function short(value) {
  if (value === undefined) return ''
  const [unit, size] = [
    ['G', 1e9],
    ['M', 1e6],
    ['k', 1e3],
  ].find(([, at]) => value >= at) ?? ['', 1]
  return `${digits(value / size)}${unit}`
}

/** Three digits; a ratio below 0.01 as `1/250`. */
export function ratio(value) {
  if (value === undefined) return ''
  return value < 0.01 ? `1/${Math.round(1 / value)}` : digits(value)
}

function digits(value) {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}
