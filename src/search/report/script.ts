/**
 * The script of a report, plain JavaScript as text: the table of trials with its filter and order, and what is said about
 * a trial that is pointed at or chosen. Text goes in by `textContent` alone.
 */

export const SCRIPT = `'use strict'
;(() => {
const byId = id => document.getElementById(id)
const data = JSON.parse(byId('data').textContent)
const PAGE = 100
const trials = data.rows.map(([id, status, parents, ms, cost, values, pairs, metrics, reason]) => {
  const genes = new Map()
  for (let i = 0; i < pairs.length; i += 2) genes.set(pairs[i], pairs[i + 1])
  return { id, status, parents, ms, cost, values, genes, metrics, reason }
})
const known = new Map(trials.map(trial => [trial.id, trial]))
const front = new Set(data.front)

function element(name, className, text) {
  const made = document.createElement(name)
  if (className) made.className = className
  if (text !== undefined) made.textContent = text
  return made
}

const number = value => (value === null || value === undefined ? '' : String(value).replace('-', '−'))
const time = ms => (ms === null ? '' : ms < 1000 ? number(ms) + ' ms' : (ms / 1000).toFixed(1) + ' s')
function gene(trial, column) {
  const value = trial.genes.get(column)
  const names = data.parameters[column][1]
  return value === undefined ? '' : names === null ? number(value) : names[value]
}

/** The columns of the table: what they are called, what is read there, and what they are ordered by. */
const columns = [{ name: 'trial', text: trial => String(trial.id), key: trial => trial.id }]
data.objectives.forEach((name, i) => columns.push({ name, text: trial => number(trial.values[i]), key: trial => trial.values[i] }))
columns.push({ name: 'status', text: trial => trial.status === 'told' ? (front.has(trial.id) ? 'best' : 'told') : trial.status, key: trial => trial.status })
data.shown.forEach(column => columns.push({
  name: data.parameters[column][0], text: trial => gene(trial, column), key: trial => trial.genes.get(column),
}))
data.metrics.forEach((name, i) => columns.push({ name, text: trial => number(trial.metrics[i]), key: trial => trial.metrics[i] }))
columns.push({ name: 'time', text: trial => time(trial.ms), key: trial => trial.ms })
if (trials.some(trial => trial.cost !== null)) columns.push({ name: 'cost', text: trial => number(trial.cost), key: trial => trial.cost })
columns.push({ name: 'parents', text: trial => trial.parents.join(', '), key: trial => trial.parents[0] })
columns.push({ name: 'reason', text: trial => trial.reason, key: trial => trial.reason || undefined })

const view = { order: 0, isDown: false, shown: trials, rows: PAGE, on: null }
const body = byId('rows')
const search = byId('filter')
const select = byId('status')

const heads = columns.map((column, i) => {
  const head = element('th')
  head.scope = 'col'
  const button = element('button', '', column.name)
  button.type = 'button'
  button.addEventListener('click', () => {
    view.isDown = view.order === i ? !view.isDown : i > 0 && i <= data.objectives.length && data.signs[i - 1] > 0
    view.order = i
    update()
  })
  head.append(button)
  return head
})
byId('heads').append(...heads)

/** A word of the filter: a comparison with a column, or text that stands somewhere in the row. */
function condition(word) {
  const parts = /^(.+?)(<=|>=|!=|=|<|>)(.*)$/.exec(word)
  const column = parts && columns.find(({ name }) => name.toLowerCase() === parts[1])
  if (!column || parts[3] === '') return trial => columns.some(({ text }) => text(trial).toLowerCase().includes(word))
  const wanted = Number(parts[3])
  const value = trial => column.key(trial)
  const same = trial => column.text(trial).toLowerCase() === parts[3] || value(trial) === wanted
  return {
    '=': same,
    '!=': trial => !same(trial),
    '<': trial => value(trial) < wanted,
    '>': trial => value(trial) > wanted,
    '<=': trial => value(trial) <= wanted,
    '>=': trial => value(trial) >= wanted,
  }[parts[2]]
}

function compare(a, b) {
  if (a === b) return 0
  // What has no value comes last, whichever way the rest is ordered.
  if (a === undefined || a === null) return 1
  if (b === undefined || b === null) return -1
  const order = typeof a === typeof b ? (a < b ? -1 : 1) : typeof a === 'number' ? -1 : 1
  return view.isDown ? -order : order
}

function update() {
  const conditions = search.value.toLowerCase().split(/\\s+/).filter(word => word !== '').map(condition)
  const status = select.value
  view.shown = trials.filter(trial =>
    (status === '' || (status === 'best' ? front.has(trial.id) : trial.status === status)) && conditions.every(meets => meets(trial)))
  const { key } = columns[view.order]
  view.shown.sort((a, b) => compare(key(a), key(b)) || a.id - b.id)
  heads.forEach((head, i) => {
    if (i === view.order) head.setAttribute('aria-sort', view.isDown ? 'descending' : 'ascending')
    else head.removeAttribute('aria-sort')
  })
  view.rows = PAGE
  render()
}

function render() {
  const rows = document.createDocumentFragment()
  for (const trial of view.shown.slice(0, view.rows)) {
    const row = element('tr', trial.id === view.on ? 'on' : '')
    row.dataset.t = trial.id
    columns.forEach(({ text, name }, i) => {
      const cell = element('td')
      if (i === 0) {
        const button = element('button', 'trial', text(trial))
        button.type = 'button'
        button.dataset.t = trial.id
        cell.append(button)
      } else {
        cell.textContent = text(trial)
        if (name === 'reason') cell.title = trial.reason
        if (name === 'status') cell.className = 'status ' + trial.status
      }
      row.append(cell)
    })
    rows.append(row)
  }
  body.replaceChildren(rows)
  const count = view.shown.length
  byId('count').textContent = count.toLocaleString('en-US') + (count === 1 ? ' trial' : ' trials') + (count > view.rows ? ', the first ' + view.rows.toLocaleString('en-US') + ' shown' : '')
  byId('more').hidden = count <= view.rows
}

byId('more').addEventListener('click', () => {
  view.rows *= 3
  render()
})
search.addEventListener('input', () => {
  clearTimeout(update.timer)
  update.timer = setTimeout(update, 100)
})
select.addEventListener('change', update)

const about = byId('about')
const tip = byId('tip')

function line(table, name, value, was) {
  const row = element('tr')
  const head = element('th', '', name)
  head.scope = 'row'
  const cell = element('td')
  if (was !== undefined) cell.append(element('span', 'was', (was === '' ? 'closed' : was) + ' → '))
  cell.append(value)
  row.append(head, cell)
  table.append(row)
}

function choose(id) {
  for (const marked of document.querySelectorAll('.on')) marked.classList.remove('on')
  view.on = id
  about.hidden = id === null
  if (id === null) return
  for (const mark of document.querySelectorAll('[data-t="' + id + '"]')) {
    if (mark instanceof HTMLButtonElement) continue
    mark.classList.add('on')
    // The last one drawn is on top.
    if (mark.matches('path.line, path.curve')) mark.parentNode.append(mark)
  }
  const trial = known.get(id)
  const close = element('button', 'close', 'close')
  close.type = 'button'
  close.addEventListener('click', () => choose(null))
  about.replaceChildren(element('h3', '', 'Trial ' + id), close)
  if (trial === undefined) return about.append(element('p', 'none', 'It is not in the sample on this page.'))
  const table = element('table')
  line(table, 'status', trial.status + (front.has(id) ? ', best' : ''))
  data.objectives.forEach((name, i) => trial.values.length > 0 && line(table, name, number(trial.values[i])))
  if (trial.reason !== '') line(table, 'reason', trial.reason)
  const parent = known.get(trial.parents[0])
  if (trial.parents.length > 0) {
    const cell = element('span')
    for (const each of trial.parents) {
      const button = element('button', 'trial', String(each))
      button.type = 'button'
      button.dataset.t = each
      cell.append(button)
    }
    line(table, 'parents', cell)
  }
  for (const column of trial.genes.keys()) {
    const value = gene(trial, column)
    const was = parent === undefined ? value : gene(parent, column)
    line(table, data.parameters[column][0], value, was === value ? undefined : was)
  }
  data.metrics.forEach((name, i) => trial.metrics[i] !== null && line(table, name, number(trial.metrics[i])))
  if (trial.ms !== null) line(table, 'time', time(trial.ms))
  if (trial.cost !== null) line(table, 'cost', number(trial.cost))
  about.append(table)
  if (parent !== undefined) about.append(element('p', 'none', 'Values with an arrow are other than in trial ' + parent.id + '.'))
}

const idOf = target => {
  const mark = target instanceof Element ? target.closest('[data-t]') : null
  return mark === null ? null : Number(mark.dataset.t)
}
document.addEventListener('click', event => {
  const id = idOf(event.target)
  if (id !== null && String(getSelection()) === '') choose(id)
})
addEventListener('keydown', event => event.key === 'Escape' && choose(null))
document.addEventListener('mousemove', event => {
  const mark = event.target instanceof Element ? event.target.closest('svg [data-t]') : null
  tip.hidden = mark === null
  if (mark === null) return
  const trial = known.get(Number(mark.dataset.t))
  tip.textContent = 'Trial ' + mark.dataset.t + (trial === undefined ? '' : trial.values.length > 0
    ? ': ' + data.objectives.map((name, i) => name + ' ' + number(trial.values[i])).join(', ')
    : ' ' + trial.status + (trial.reason === '' ? '' : ': ' + trial.reason))
  tip.style.left = Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 8) + 'px'
  tip.style.top = Math.max(4, event.clientY - tip.offsetHeight - 10) + 'px'
})
update()
})()
`
